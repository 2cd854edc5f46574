using System.CommandLine;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Failures;
using RenderFarm.Farm.Commands;
using RenderFarm.Farm.Progress;
using RenderFarm.Farm.State;
using RenderFarm.Media;
using RenderFarm.Packs;

namespace RenderFarm.Farm.Rendering;

/// <summary>One render in this process, from the checks to the video in its place.</summary>
internal sealed class RenderRun
{
    private readonly RenderOptions options;
    private readonly OutputFile output;
    private readonly OutputFile? frames;
    private readonly JobRequest request;
    private readonly IRenderView view;
    private readonly JobFolder folder;
    private readonly TimeProvider time = TimeProvider.System;
    private readonly long startedAt = TimeProvider.System.GetTimestamp();
    private readonly HashSet<string> warned = new(StringComparer.Ordinal);
    private bool isPlanShown;
    private JobSnapshot? latest;

    private RenderRun(RenderOptions options, OutputFile output, OutputFile? frames, JobRequest request, IRenderView view, JobFolder folder)
    {
        this.options = options;
        this.output = output;
        this.frames = frames;
        this.request = request;
        this.view = view;
        this.folder = folder;
    }

    private VideoEncoding Encoding => request.Settings.Encoding;

    /// <summary>Renders; throws what the command line turns into a sentence and an exit code.</summary>
    public static async Task<int> ExecuteAsync(RenderOptions options, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        await using IRenderView view = RenderViews.Choose(options.Json, options.Verbose, streams.Output, streams.Error, TimeProvider.System);
        try
        {
            await ExecuteAsync(options, FarmHome.FromEnvironment(), view, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is PermanentException or TransientException or UsageException)
        {
            view.Show(new RenderFailed { Sentence = e.Message });
            throw;
        }
    }

    /// <summary>Renders with the state in a given place, and shows it to a given view.</summary>
    public static async Task ExecuteAsync(RenderOptions options, FarmHome home, IRenderView view, CancellationToken cancellationToken)
    {
        string portrait = UserFile.Require(options.Portrait, "portrait");
        string audio = UserFile.Require(options.Audio, "audio");
        // The worker looks closer; what a glance shows is said before anything is started.
        await new MediaProbe(MediaTools.FromPath).RequireAudioAsync(audio, cancellationToken);
        OutputFile output = OutputFile.Check(options.Out, options.Codec, options.Force, portrait, audio);
        OutputFile? frames = options.KeepFrames ? OutputFile.Check(KeptFrames.PathFor(output), VideoCodec.Ffv1, options.Force, portrait, audio) : null;

        await using PackCatalog packs = InstalledPacks.Open();
        PackManifest pack = packs.ManifestOf(options.Pack);
        RenderSettings settings = RenderRules.Settings(options, pack);
        VideoLabels labels = RenderRules.Labels(options, pack);
        string program = await ProgramIdentity.OfAsync(AppContext.BaseDirectory, cancellationToken);
        RenderKey key = await RenderKey.OfAsync(portrait, audio, settings, labels.Title, options.SegmentLength, program, cancellationToken);

        using JobFolder folder = JobFolder.Open(home, key.Text);
        view.Show(new RenderStarted
        {
            Key = key.Text,
            Portrait = portrait,
            Audio = audio,
            Out = output.Path,
            Pack = pack.Name,
            SizePixels = options.SizePixels,
            FrameRate = Timeline.FrameRates.ToText(options.FrameRate),
            Steps = settings.Steps,
            Seed = options.Seed,
            Workers = options.Workers,
        });
        if (output.IsMisnamed(options.Codec))
            view.Show(new RenderWarned { Sentence = $"FFV1 does not fit into MP4: '{Path.GetFileName(output.Path)}' will be a Matroska file, better called .mkv." });
        JobRequest request = new()
        {
            JobId = key.JobId,
            AudioKey = JobKeys.Input(key.JobId, "audio"),
            PortraitKey = JobKeys.Input(key.JobId, "portrait"),
            Settings = settings,
            Labels = labels,
            SegmentLength = options.SegmentLength,
        };
        await new RenderRun(options, output, frames, request, view, folder).RunAsync(portrait, audio, packs, cancellationToken);
    }

    private async Task RunAsync(string portrait, string audio, PackCatalog packs, CancellationToken cancellationToken)
    {
        bool isWorthKeeping = true;
        try
        {
            await using EmbeddedFarm farm = await EmbeddedFarm.StartAsync(folder, packs, options.Workers, options.Verbose, cancellationToken);
            await SubmitAsync(farm, portrait, audio, cancellationToken);
            await WatchAsync(farm, cancellationToken);
            isWorthKeeping = latest!.State is JobState.Completed or JobState.NeedsAttention;
            if (latest.State != JobState.Completed)
                throw new PermanentException(Explain(latest));
            await DeliverAsync(farm, cancellationToken);
            isWorthKeeping = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isWorthKeeping = latest?.Segments.Rendered > 0;
            view.Show(new RenderStopped { Segments = latest?.Segments.Count ?? 0, SegmentsRendered = latest?.Segments.Rendered ?? 0 });
            throw;
        }
        catch (PermanentException) when (latest is not { State: JobState.Completed or JobState.NeedsAttention })
        {
            isWorthKeeping = false;
            throw;
        }
        finally
        {
            // The farm above has stopped: nothing writes into the folder any more.
            if (!isWorthKeeping)
                folder.Remove();
        }
    }

    private async Task SubmitAsync(EmbeddedFarm farm, string portrait, string audio, CancellationToken cancellationToken)
    {
        JobSnapshot? found = await farm.Jobs.GetAsync(request.JobId, cancellationToken);
        if (found is { State: JobState.Failed or JobState.Cancelled })
        {
            // Left by a process that was killed between the failure and its cleaning up.
            await farm.Jobs.DeleteAsync(request.JobId, cancellationToken);
            found = null;
        }

        if (found is { State: JobState.NeedsAttention })
            await farm.Jobs.RetryFailedAsync(request.JobId, cancellationToken);
        if (found is not null)
            return;
        DiskSpace.Require(folder.Path, new FileInfo(audio).Length + new FileInfo(portrait).Length);
        await farm.Store.PutFileAsync(request.PortraitKey, portrait, cancellationToken);
        await farm.Store.PutFileAsync(request.AudioKey, audio, cancellationToken);
        await farm.Jobs.SubmitAsync(request, cancellationToken);
    }

    private async Task WatchAsync(EmbeddedFarm farm, CancellationToken cancellationToken)
    {
        await foreach (JobSnapshot job in farm.Jobs.WatchAsync(request.JobId, cancellationToken))
        {
            latest = job;
            if (job.Segments.Count > 0 && !isPlanShown)
                ShowPlan(job);
            foreach (string sentence in job.Warnings.Where(warned.Add))
                view.Show(new RenderWarned { Sentence = sentence });
            if (!job.HasEnded)
                view.Show(SnapshotEvents.Progress(job));
        }
    }

    // The length is known now, and with it what the render will write.
    private void ShowPlan(JobSnapshot job)
    {
        isPlanShown = true;
        RenderPlanned plan = SnapshotEvents.Planned(job, Encoding.FrameRate);
        view.Show(plan);
        if (job.HasEnded)
            return;
        TimeSpan duration = TimeSpan.FromSeconds(plan.VideoSeconds);
        double rest = 1 - ((double)plan.SegmentsReused / plan.Segments);
        DiskSpace.Require(folder.Path, (long)(rest * DiskSpace.StateBytes(Encoding, job.FrameCount, duration, job.Segments.Count)));
        DiskSpace.Require(output.Folder, DiskSpace.VideoBytes(Encoding, job.FrameCount, duration));
        if (frames is null)
            return;
        long framesBytes = DiskSpace.VideoBytes(Encoding with { Codec = VideoCodec.Ffv1 }, job.FrameCount, duration);
        DiskSpace.Require(folder.Path, framesBytes);
        DiskSpace.Require(output.Folder, framesBytes);
    }

    private async Task DeliverAsync(EmbeddedFarm farm, CancellationToken cancellationToken)
    {
        JobSnapshot job = latest!;
        DiskSpace.Require(output.Folder, job.OutputSizeBytes ?? 0);
        if (frames is not null)
            await frames.WriteAsync(partial => KeptFrames.JoinAsync(farm, request, job, partial, cancellationToken));
        await output.WriteAsync(partial => farm.Store.GetFileAsync(job.OutputKey!, partial, cancellationToken));
        if (job.Borders.MaxDifference > 1)
            view.Show(new RenderWarned { Sentence = $"Neighbouring segments differed by up to {job.Borders.MaxDifference} of 255 where they meet; the cuts were blended, look at them." });
        view.Show(SnapshotEvents.Completed(job, Encoding.FrameRate, output.Path, time.GetElapsedTime(startedAt), frames?.Path));
    }

    private static string Explain(JobSnapshot job) => job.State switch
    {
        JobState.Cancelled => "The render was cancelled.",
        _ => job.Error ?? "The render failed without a reason; run it again with --verbose.",
    };
}
