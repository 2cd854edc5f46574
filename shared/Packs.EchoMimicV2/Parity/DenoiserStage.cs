using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>One evaluation of the denoising network: with reference, sound and pose, without them, and what its modules put out on the way.</summary>
internal sealed partial class DenoiserStage : IParityStage
{
    private const int UsualFramesPerSecond = 24;

    public string Name => "05_denoise";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Match file in context.Folder.Find(LatentsFile()))
        {
            string suffix = file.Groups["suffix"].Value;
            string conditional = $"05_denoise/out_nocfg{suffix}.npy", guided = $"05_denoise/out_cfg{suffix}.npy";
            if (context.Settings.Timestep(file.Value) is not { } timestep)
            {
                yield return ParityRow.Skip(file.Value, "neither settings.json nor README.md says at which timestep");
                continue;
            }

            NumPyArray array = context.Folder.Array(file.Value); // [1, C, F, h, w]
            LatentSize size = new(array.Shape[1], array.Shape[3], array.Shape[4]);
            int frames = array.Shape[2];
            if (context.Poses(size, frames, cancellationToken) is not { } poses
                || context.RecordedReference(size.PictureHeight, size.PictureWidth) is not { } reference)
            {
                yield return ParityRow.Skip(file.Value, "no pose maps or no reference latents of this size");
                continue;
            }

            SpeechFeatures speech = await context.SpeechAsync(frames, context.Settings.FramesPerSecond(file.Value) ?? UsualFramesPerSecond, cancellationToken);
            using ReferenceBank bank = ReferenceBank.Of(context.Networks, size, reference, cancellationToken);
            using ReferenceBank noBank = ReferenceBank.Empty(context.Networks);
            float[] latents = ParityContext.SwapLeading(array.Singles(), size.Channels, frames);
            DenoiserSettings settings = new() { Size = size, WindowFrames = frames };
            FrameFeatures pose = (frame, values) => poses[frame].CopyTo(values);
            float[] velocity = Evaluate(context.Networks, settings, bank, speech.Chunk, pose, latents, timestep, cancellationToken);
            if (context.Folder.Has(conditional))
                yield return Compare(conditional, context.Folder.Singles(conditional), velocity, size, frames);
            if (context.Folder.Has(guided))
            {
                float[] expected = context.Folder.Singles(guided);
                float[] blind = Evaluate(
                    context.Networks, settings, noBank, (_, chunk) => chunk.Clear(), (_, features) => features.Clear(), latents, timestep, cancellationToken);
                yield return Compare($"{guided} unconditional", expected.AsSpan(0, velocity.Length), blind, size, frames);
                yield return Compare($"{guided} conditional", expected.AsSpan(velocity.Length), velocity, size, frames);
            }

            if (suffix.Length > 0)
                continue;
            foreach (ParityRow row in Activations(context, settings, bank, speech.Chunk, pose, latents, timestep, cancellationToken))
                yield return row;
        }
    }

    private static float[] Evaluate(
        EchoMimicNetworks networks, DenoiserSettings settings, ReferenceBank bank, FrameFeatures audio, FrameFeatures pose,
        float[] latentsFL, int timestep, CancellationToken cancellationToken)
    {
        using EchoMimicDenoiser denoiser = new(networks, settings, bank, audio, pose);
        float[] velocity = new float[latentsFL.Length];
        denoiser.PredictVelocity([.. Enumerable.Range(0, settings.WindowFrames).Select(frame => (long)frame)], timestep, alphaBar: 0, latentsFL, velocity, cancellationToken);
        return velocity;
    }

    private static ParityRow Compare(string stage, ReadOnlySpan<float> expected, float[] velocityFL, LatentSize size, int frames) =>
        ParityRow.Compare(stage, expected, ParityContext.SwapLeading(velocityFL, frames, size.Channels), ParityTolerances.Scaled(ParityTolerances.Denoiser, expected));

    /// <summary>[1, C, n, h, w] of n frames, the first to the last evenly spaced.</summary>
    private static IEnumerable<ParityRow> Activations(
        ParityContext context, DenoiserSettings settings, ReferenceBank bank, FrameFeatures audio, FrameFeatures pose,
        float[] latentsFL, int timestep, CancellationToken cancellationToken)
    {
        Match[] files = [.. context.Folder.Find(ActivationFile())];
        if (files.Length == 0)
            yield break;
        OrtSession session = context.ProbedDenoiser[EchoMimicNetwork.Denoiser];
        using EchoMimicDenoiser denoiser = new(context.ProbedDenoiser, settings, bank, audio, pose);
        Dictionary<string, NetworkTensor> probes = [];
        try
        {
            foreach (Match file in files.Where(file => session.Outputs.Any(output => output.Name == Probe(file))))
            {
                NetworkTensor probe = NetworkTensor.Output(session, Probe(file), Shape(context.Folder.Array(file.Value), settings.WindowFrames));
                probes.Add(file.Value, probe);
                denoiser.AlsoPutOut(Probe(file), probe);
            }

            denoiser.PredictVelocity(
                [.. Enumerable.Range(0, settings.WindowFrames).Select(frame => (long)frame)], timestep, alphaBar: 0, latentsFL, new float[latentsFL.Length], cancellationToken);
            foreach (string file in files.Select(file => file.Value))
            {
                yield return probes.TryGetValue(file, out NetworkTensor? probe)
                    ? CompareActivation(file, context.Folder.Array(file), probe.ToSingles(), settings.WindowFrames)
                    : ParityRow.Skip(file, "the network has no value of this name");
            }
        }
        finally
        {
            foreach (NetworkTensor probe in probes.Values)
                probe.Dispose();
        }
    }

    private static string Probe(Match file) => $"probe.{file.Groups["module"].Value}";

    /// <summary>What the network puts out for all frames of the window: [F, C, h, w], or [1, C] for what frames share.</summary>
    private static long[] Shape(NumPyArray array, int frames) =>
        array.Shape.Count == 5 ? [frames, array.Shape[1], array.Shape[3], array.Shape[4]] : [.. array.Shape.Select(side => (long)side)];

    private static ParityRow CompareActivation(string file, NumPyArray array, float[] actual, int frames)
    {
        if (array.Shape.Count == 5)
            actual = ParityContext.SwapLeading(Pick(actual, frames, array.Shape[2]), array.Shape[2], array.Shape[1]);
        float[] expected = array.Singles();
        return ParityRow.Compare(file, expected, actual, ParityTolerances.Scaled(ParityTolerances.Denoiser, expected));
    }

    private static float[] Pick(float[] frames, int count, int wanted)
    {
        int length = frames.Length / count;
        return [.. Enumerable.Range(0, wanted)
            .Select(i => wanted == 1 ? 0 : i * (count - 1) / (wanted - 1))
            .SelectMany(frame => frames.AsSpan(frame * length, length).ToArray())];
    }

    [GeneratedRegex(@"^05_denoise/latents(?<suffix>_\d+x\d+_\d+)?\.npy$")]
    private static partial Regex LatentsFile();

    [GeneratedRegex(@"^05_denoise/act_(?<module>.+)\.npy$")]
    private static partial Regex ActivationFile();
}
