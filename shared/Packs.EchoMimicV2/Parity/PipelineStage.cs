using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Imaging;
using RenderFarm.Packs.EchoMimicV2.Rendering;
using RenderFarm.Timeline;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Whole clips, from picture, sound and pose maps to 8-bit frames: windows on a ring, given noise.</summary>
internal sealed partial class PipelineStage : IParityStage
{
    private const int UsualFramesPerSecond = 24;

    public string Name => "08_pipelines";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WindowGeometry geometry = Geometry(context.Folder);
        foreach (Match file in context.Folder.Find(NoiseFile()))
        {
            string folder = file.Groups["folder"].Value;
            foreach (Run run in Runs(context, folder))
            {
                if (run.Missing is { } missing)
                {
                    yield return ParityRow.Skip(run.Stage, missing);
                    continue;
                }

                await foreach (ParityRow row in CompareAsync(context, folder, file.Value, run, geometry, cancellationToken))
                    yield return row;
            }
        }
    }

    /// <summary>One run for all latents after steps, and one for each file of final latents.</summary>
    private static IEnumerable<Run> Runs(ParityContext context, string folder)
    {
        string[] steps = [.. context.Folder.Find(StepFile()).Where(match => match.Groups["folder"].Value == folder)
            .OrderBy(match => int.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture)).Select(match => match.Value)];
        if (steps.Length > 0)
            yield return Check(new Run(folder, steps, context.Settings.Steps(folder) ?? steps.Length, GuidanceOf(context, folder)));
        foreach (Match final in context.Folder.Find(FinalFile()).Where(match => match.Groups["folder"].Value == folder))
        {
            // Without a name of its own a file is of the folder's guidance.
            float? guidance = NamedGuidance(final.Groups["variant"].Value) ?? GuidanceOf(context, folder);
            yield return Check(new Run(final.Value, [final.Value], context.Settings.Steps(folder) ?? 0, guidance));
        }
    }

    private static Run Check(Run run) =>
        run.Steps < 1 ? run with { Missing = "neither settings.json nor README.md says how many steps" }
        : run.Guidance is null ? run with { Missing = "neither settings.json nor README.md nor the name says which guidance" }
        : run;

    private static float? GuidanceOf(ParityContext context, string folder)
    {
        string name = folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return context.Settings.Guidance(folder) ?? NamedGuidance(name) ?? (name.StartsWith("acc", StringComparison.Ordinal) ? 1 : null);
    }

    /// <summary>cfg2 → 2, cfg25 → 2.5, cfg125 → 1.25.</summary>
    private static float? NamedGuidance(string name) => GuidanceName().Match(name) is { Success: true } match
        ? float.Parse($"{match.Groups[1].Value}.{match.Groups[2].Value}0", CultureInfo.InvariantCulture)
        : null;

    private static async IAsyncEnumerable<ParityRow> CompareAsync(
        ParityContext context, string folder, string noiseFile, Run run, WindowGeometry geometry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NumPyArray array = context.Folder.Array(noiseFile); // [1, C, F, h, w]
        int frames = array.Shape[2];
        LatentSize size = new(array.Shape[1], array.Shape[3], array.Shape[4]);
        if (context.Poses(size, frames, cancellationToken) is not { } poses)
        {
            yield return ParityRow.Skip(run.Stage, "no pose maps of this size and number");
            yield break;
        }

        bool accelerated = folder.Contains("/acc", StringComparison.Ordinal);
        string filter = context.Settings.Filter(folder) ?? (accelerated ? "lanczos" : "bicubic");
        EchoMimicNetworks networks = accelerated ? context.Accelerated : context.Networks;
        (_, float[] reference) = PortraitEncoder.Encode(networks, context.Portrait(filter, size.PictureHeight, size.PictureWidth), cancellationToken);
        SpeechFeatures speech = await context.SpeechAsync(frames, context.Settings.FramesPerSecond(folder) ?? UsualFramesPerSecond, cancellationToken);
        using ReferenceBank bank = ReferenceBank.Of(networks, size, reference, cancellationToken);
        WindowGrid grid = WindowGrid.Create(WindowClosing.Ring, geometry, frames);
        DenoiserSettings settings = new() { Size = size, WindowFrames = grid.WindowFrames, Guidance = run.Guidance!.Value };
        using EchoMimicDenoiser denoiser = new(networks, settings, bank, speech.Chunk, (frame, values) => poses[frame].CopyTo(values));
        StepRecorder recorder = new(denoiser, frames);
        DdimScheduler scheduler = new(run.Steps);
        float[] noise = ParityContext.SwapLeading(array.Singles(), size.Channels, frames);
        WindowedSampler sampler = new(grid, scheduler, (frame, noiseL) =>
        {
            for (int i = 0; i < noiseL.Length; i++)
                noiseL[i] = Math.Clamp(noise[((int)frame * noiseL.Length) + i], -FrameNoise.DefaultClamp, FrameNoise.DefaultClamp);
        });
        using DenoisedFrames denoised = sampler.Sample(recorder, new FrameRange(0, frames), progress: null, cancellationToken);
        float[] final = denoised.Rows(new FrameRange(0, frames)).ToArray();
        for (int i = 0; i < run.Files.Count; i++)
        {
            int step = i + run.Steps - run.Files.Count; // the last file is of the last step
            float[] latents = step == run.Steps - 1 ? final : recorder.Before(scheduler.Steps[step + 1].Timestep);
            float[] expected = context.Folder.Singles(run.Files[i]);
            yield return ParityRow.Compare(
                run.Files[i], expected, ParityContext.SwapLeading(latents, frames, size.Channels),
                ParityTolerances.Scaled(ParityTolerances.LatentsAt(run.Guidance.Value), expected));
        }

        string strip = $"{folder}/frames_strip.png";
        if (run.Stage == folder && context.Folder.Has(strip))
            yield return Frames(context, networks, strip, size, frames, final, cancellationToken);
    }

    /// <summary>Frames stacked vertically, evenly spaced from the first one on.</summary>
    private static ParityRow Frames(
        ParityContext context, EchoMimicNetworks networks, string strip, LatentSize size, int frames, float[] latents, CancellationToken cancellationToken)
    {
        RgbImage expected = context.Folder.Picture(strip);
        int count = expected.Height / size.PictureHeight;
        if (count < 1 || expected.Width != size.PictureWidth)
            return ParityRow.Skip(strip, $"the strip is {expected.Width}x{expected.Height}, which holds no frames of this clip");
        int every = Math.Max(1, frames / count);
        using FrameDecoder decoder = new(networks, size);
        byte[] actual = new byte[expected.PixelsHWC.Length];
        for (int i = 0; i < count; i++)
        {
            decoder.Decode(
                latents.AsSpan(i * every * size.Length, size.Length), actual.AsSpan(i * decoder.PictureBytes, decoder.PictureBytes), cancellationToken);
        }

        return ParityRow.ComparePictures(strip, expected.PixelsHWC, actual, ParityTolerances.FrameLevels);
    }

    private static WindowGeometry Geometry(GoldenFolder folder)
    {
        if (!folder.Has(WindowStage.File))
            return WindowGeometry.Official;
        using JsonDocument json = folder.Json(WindowStage.File);
        return WindowStage.GeometryOf(json.RootElement);
    }

    /// <summary>A run of the official program: its folder or file, the latents it left, and how it was made.</summary>
    private sealed record Run(string Stage, IReadOnlyList<string> Files, int Steps, float? Guidance)
    {
        /// <summary>Why it cannot be repeated.</summary>
        public string? Missing { get; init; }
    }

    [GeneratedRegex(@"^(?<folder>08_pipelines/[^/]+)/noise\.npy$")]
    private static partial Regex NoiseFile();

    [GeneratedRegex(@"^(?<folder>08_pipelines/[^/]+)/latents_after_step(?<step>\d+)\.npy$")]
    private static partial Regex StepFile();

    [GeneratedRegex(@"^(?<folder>08_pipelines/[^/]+)/latents_final(?<variant>[^/]*)\.npy$")]
    private static partial Regex FinalFile();

    [GeneratedRegex(@"cfg(\d)(\d*)")]
    private static partial Regex GuidanceName();
}
