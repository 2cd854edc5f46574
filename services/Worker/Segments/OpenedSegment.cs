using RenderFarm.Diffusion;
using RenderFarm.Packs;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Segments;

/// <summary>A segment whose inputs are here: what to render, and the model opened for it.</summary>
internal sealed class OpenedSegment(PlannedSegment plan, WindowedSampler sampler, ISegmentModel model, StorePcmTrack audio) : IDisposable
{
    public PlannedSegment Plan => plan;

    public WindowedSampler Sampler => sampler;

    public ISegmentModel Model => model;

    public void Dispose()
    {
        model.Dispose();
        audio.Dispose();
    }
}
