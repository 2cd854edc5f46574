using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Packs;
using RenderFarm.Storage;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Segments;

/// <summary>Fetches what a segment needs and opens its model; needs no device, so it can happen while the device is busy.</summary>
internal sealed class SegmentOpener(IObjectStore store, PackCatalog packs)
{
    public async Task<OpenedSegment> OpenAsync(RenderSegment command, CancellationToken cancellationToken)
    {
        IModelPack pack = await packs.GetAsync(command.Settings.Pack, cancellationToken);
        PlannedSegment plan = new(command.Frames, command.BorderBefore, command.BorderAfter);
        WindowedSampler sampler = SamplerOf(pack.Manifest, command);
        StorePcmTrack audio = new(store, command.Inputs.PcmKey, command.Inputs.PcmSampleCount);
        try
        {
            SegmentContext context = new()
            {
                Frames = sampler.ConeOf(plan.Rendered).Span,
                FrameCount = command.Inputs.FrameCount,
                Audio = audio,
                Settings = command.Settings,
                Store = store,
                PackPrefix = command.Inputs.PackPrefix,
            };
            return new OpenedSegment(plan, sampler, await pack.OpenAsync(context, cancellationToken), audio);
        }
        catch
        {
            audio.Dispose();
            throw;
        }
    }

    private static WindowedSampler SamplerOf(PackManifest manifest, RenderSegment command)
    {
        WindowGeometry geometry = new(manifest.WindowFrames, manifest.WindowOverlapFrames, manifest.WindowShiftFrames);
        WindowGrid grid = WindowGrid.Create(command.Settings.Closing, geometry, command.Inputs.FrameCount);
        return new WindowedSampler(grid, new DdimScheduler(command.Settings.Steps), command.Settings.Seed, manifest.NoiseClamp);
    }
}
