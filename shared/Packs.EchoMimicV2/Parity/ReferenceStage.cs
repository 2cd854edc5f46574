using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>The reference network: bank, activations of its modules, and what its last block returns.</summary>
internal sealed partial class ReferenceStage : IParityStage
{
    private const string OrderFile = "04_reference/bank_order.json";

    public string Name => "04_reference";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        GoldenFolder folder = context.Folder;
        Match[] activations = [.. folder.Find(ActivationFile())];
        Match? feature = activations.FirstOrDefault(match => match.Groups["module"].Value == "conv_in");
        if (feature is not null)
        {
            IReadOnlyList<int> shape = folder.Array(feature.Value).Shape; // [1, C0, h, w]
            foreach (ParityRow row in Main(context, new LatentSize(context.Weights.UNet.LatentChannels, shape[2], shape[3]), activations, cancellationToken))
                yield return row;
        }

        foreach (Match file in folder.Find(OutputFile()))
            yield return Output(context, file, cancellationToken);
    }

    private static IEnumerable<ParityRow> Main(ParityContext context, LatentSize size, Match[] activations, CancellationToken cancellationToken)
    {
        if (context.RecordedReference(size.Height * LatentSize.PixelsPerLatent, size.Width * LatentSize.PixelsPerLatent) is not { } latent)
        {
            yield return ParityRow.Skip("04_reference/act_*, bank_*", "the reference latents of this size are not recorded");
            yield break;
        }

        if (context.Folder.Has(OrderFile))
        {
            foreach (ParityRow row in Bank(context, size, latent, cancellationToken))
                yield return row;
        }

        foreach (Match file in activations)
        {
            string module = file.Groups["module"].Value;
            yield return Probe(context, size, latent, module, file.Value, cancellationToken);
        }
    }

    private static IEnumerable<ParityRow> Bank(ParityContext context, LatentSize size, float[] latent, CancellationToken cancellationToken)
    {
        using JsonDocument order = context.Folder.Json(OrderFile);
        List<(string Name, NetworkTensor Tensor)> bank = ReferenceBank.Features(context.Networks, size, latent, cancellationToken);
        try
        {
            foreach (JsonElement pair in order.RootElement.GetProperty("sorted_pairs").EnumerateArray())
            {
                string file = $"04_reference/{pair.GetProperty("file").GetString()}";
                string block = pair.GetProperty("writer").GetString()!;
                float[] expected = context.Folder.Singles(file);
                float[] actual = bank.Single(entry => entry.Name == $"bank.{block}").Tensor.ToSingles();
                yield return ParityRow.Compare(file, expected, actual, ParityTolerances.Scaled(ParityTolerances.Reference, expected));
            }
        }
        finally
        {
            bank.ForEach(entry => entry.Tensor.Dispose());
        }
    }

    private static ParityRow Output(ParityContext context, Match file, CancellationToken cancellationToken)
    {
        int height = int.Parse(file.Groups["height"].ValueSpan, CultureInfo.InvariantCulture), width = int.Parse(file.Groups["width"].ValueSpan, CultureInfo.InvariantCulture);
        if (context.RecordedReference(height, width) is not { } latent)
            return ParityRow.Skip(file.Value, "the reference latents of this size are not recorded");
        LatentSize size = new(context.Weights.UNet.LatentChannels, height / LatentSize.PixelsPerLatent, width / LatentSize.PixelsPerLatent);
        return Probe(context, size, latent, "out", file.Value, cancellationToken);
    }

    private static ParityRow Probe(
        ParityContext context, LatentSize size, float[] latent, string module, string file, CancellationToken cancellationToken)
    {
        NumPyArray array = context.Folder.Array(file);
        OrtSession session = context.ProbedReference[EchoMimicNetwork.Reference];
        if (!session.Outputs.Any(output => output.Name == $"probe.{module}"))
            return ParityRow.Skip(file, "the network has no value of this name");
        using NetworkTensor latents = NetworkTensor.Input(session, "latents", 1, size.Channels, size.Height, size.Width);
        using NetworkTensor probe = NetworkTensor.Output(session, $"probe.{module}", [.. array.Shape.Select(side => (long)side)]);
        latents.Write(latent);
        session.Run([("latents", latents.Tensor)], [($"probe.{module}", probe.Tensor)], cancellationToken);
        float[] expected = array.Singles();
        return ParityRow.Compare(file, expected, probe.ToSingles(), ParityTolerances.Scaled(ParityTolerances.Reference, expected));
    }

    [GeneratedRegex(@"^04_reference/act_(?<module>.+)\.npy$")]
    private static partial Regex ActivationFile();

    [GeneratedRegex(@"^04_reference/out_(?<height>\d+)x(?<width>\d+)\.npy$")]
    private static partial Regex OutputFile();
}
