using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Failures;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.Storage;
using RenderFarm.Worker.Devices;

namespace RenderFarm.Worker.Segments;

/// <summary>Renders a segment from its command to its objects in the store.</summary>
internal sealed class SegmentRendering(
    IObjectStore store,
    SegmentOpener opener,
    SegmentResults results,
    DeviceSlots slots,
    StageShares shares,
    MediaTools tools,
    [FromKeyedServices(WorkerServices.Name)] ScratchSpace scratch,
    TimeProvider time)
{
    /// <returns>What is in the store: of this attempt, or of an earlier delivery of the same command.</returns>
    /// <exception cref="PermanentException">The model cannot render this, or what it rendered is unusable.</exception>
    public async Task<SegmentRendered> RenderAsync(RenderSegment command, SegmentReporter reporter, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(command, cancellationToken) is { } complete)
            return complete;
        DeviceSlot? slot = slots.TryTake(command.ExcludedWorkers);
        try
        {
            // Without a free device the inputs are fetched all the same; that is what the extra message was taken for.
            long startedAt = time.GetTimestamp();
            using OpenedSegment segment = await opener.OpenAsync(command, cancellationToken);
            if (slot is null)
            {
                slot = await slots.TakeAsync(command.ExcludedWorkers, cancellationToken);
                startedAt = time.GetTimestamp();
            }

            reporter.Assign(slot.WorkerId);
            SegmentRendered rendered = await RenderAsync(command, segment, slot.WorkerId, reporter, startedAt, cancellationToken);
            await results.SaveAsync(command, rendered, cancellationToken);
            return rendered;
        }
        finally
        {
            slot?.Dispose();
        }
    }

    private async Task<SegmentRendered> RenderAsync(
        RenderSegment command, OpenedSegment segment, string workerId, SegmentReporter reporter, long startedAt, CancellationToken cancellationToken)
    {
        string pack = command.Settings.Pack;
        long denoisedFrom = time.GetTimestamp();
        using DenoisedFrames latents = await Task.Run(() => Denoise(segment, pack, reporter, cancellationToken), cancellationToken);
        TimeSpan denoiseTime = time.GetElapsedTime(denoisedFrom);

        using ScratchFolder folder = scratch.CreateFolder();
        await using SegmentOutputs outputs = new(tools, segment.Plan, command.Settings, new SegmentKeys(command.OutputPrefix), folder);
        long decodedFrom = time.GetTimestamp();
        await DecodeAsync(command, segment.Model, latents, outputs, reporter, cancellationToken);
        TimeSpan decodeTime = time.GetElapsedTime(decodedFrom);
        shares.Learn(pack, denoiseTime, decodeTime);

        reporter.Report(SegmentStage.Uploading, StageShares.Uploading);
        await outputs.StoreAsync(store, cancellationToken);
        return new SegmentRendered
        {
            JobId = command.JobId,
            SegmentIndex = command.SegmentIndex,
            Attempt = command.Attempt,
            WorkerId = workerId,
            InteriorKey = outputs.InteriorKey,
            BorderBeforeKey = outputs.BorderBeforeKey,
            BorderAfterKey = outputs.BorderAfterKey,
            FramesKey = outputs.FramesKey,
            DenoiseTime = denoiseTime,
            DecodeTime = decodeTime,
            TotalTime = time.GetElapsedTime(startedAt),
        };
    }

    private DenoisedFrames Denoise(OpenedSegment segment, string pack, SegmentReporter reporter, CancellationToken cancellationToken)
    {
        SamplingReport progress = new(p => reporter.Report(SegmentStage.Denoising, shares.Denoising(pack, p.Fraction)));
        DenoisedFrames latents = segment.Sampler.Sample(segment.Model, segment.Plan.Rendered, progress, cancellationToken);
        if (latents.FirstNonFiniteFrame() is not { } frame)
            return latents;
        latents.Dispose();
        throw new PermanentException(string.Create(
            CultureInfo.InvariantCulture, $"The model '{pack}' produced values that are not numbers at frame {frame}."));
    }

    private async Task DecodeAsync(
        RenderSegment command,
        ISegmentModel model,
        DenoisedFrames latents,
        SegmentOutputs outputs,
        SegmentReporter reporter,
        CancellationToken cancellationToken)
    {
        int size = command.Settings.Encoding.SizePixels;
        FrameCheck check = new(latents, frameBytes: checked(size * size * 3));
        double frameCount = latents.Frames.Count;
        await DecodePipeline.RunAsync(
            model,
            latents,
            check.FrameBytes,
            new CheckedSink(check, outputs),
            done => reporter.Report(SegmentStage.Decoding, shares.Decoding(command.Settings.Pack, done / frameCount)),
            cancellationToken);
        check.Finish();
    }

    private sealed class CheckedSink(FrameCheck check, SegmentOutputs outputs) : IFrameSink
    {
        public ValueTask WriteAsync(long frame, ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
        {
            check.Accept(frame, rgb.Span);
            return outputs.WriteAsync(frame, rgb, cancellationToken);
        }
    }

    /// <summary>Reports on the calling thread, unlike <see cref="Progress{T}"/>, which posts to the pool and may overtake itself.</summary>
    private sealed class SamplingReport(Action<SamplingProgress> report) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => report(value);
    }
}
