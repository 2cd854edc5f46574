using RenderFarm.Farm.Progress;

namespace RenderFarm.Farm.Doctor;

/// <summary>Shows nothing and takes the time from the plan, when everything is loaded, to the finished video.</summary>
internal sealed class StopwatchView(TimeProvider time) : IRenderView
{
    private long plannedAt;

    public long Frames { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public void Show(RenderEvent happened)
    {
        if (happened is RenderPlanned)
            plannedAt = time.GetTimestamp();
        if (happened is RenderCompleted completed)
            (Frames, Elapsed) = (completed.Frames, time.GetElapsedTime(plannedAt));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
