using RenderFarm.Contracts;
using RenderFarm.Coordinator.Progress;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Segments;

/// <summary>Progress is frequent and may be lost: it is gathered in memory and written down together.</summary>
public sealed class SegmentProgressedHandler(ProgressBoard board) : IMessageHandler<SegmentProgressed>
{
    public Task HandleAsync(SegmentProgressed message, CancellationToken cancellationToken)
    {
        board.Record(message);
        return Task.CompletedTask;
    }
}
