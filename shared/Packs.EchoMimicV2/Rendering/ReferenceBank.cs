using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>What the denoising network's self-attentions see of the portrait: keys and values per transformer block, projected once for all frames, steps and windows.</summary>
public sealed class ReferenceBank : IDisposable
{
    private readonly List<(string Name, NetworkTensor Tensor)> _projected = [];

    private ReferenceBank()
    {
    }

    /// <summary>Inputs of the denoising network, <c>bank_k.PREFIX</c> and <c>bank_v.PREFIX</c>.</summary>
    public IReadOnlyList<(string Name, NetworkTensor Tensor)> Projected => _projected;

    /// <summary>A bank without tokens: the blocks see no reference, as the unconditional half of guidance.</summary>
    public static ReferenceBank Empty(EchoMimicNetworks networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ReferenceBank bank = new();
        foreach ((string prefix, int channels) in TransformerBlocks.Of(networks.UNet))
            bank.AddProjected(networks[EchoMimicNetwork.Denoiser], prefix, tokens: 0, channels);
        return bank;
    }

    /// <summary>Runs reference network and projection on the portrait's latent.</summary>
    /// <param name="latentCHW">The clean latent, C × h × w.</param>
    public static ReferenceBank Of(EchoMimicNetworks networks, LatentSize size, ReadOnlySpan<float> latentCHW, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        List<(string Name, NetworkTensor Tensor)> features = Features(networks, size, latentCHW, cancellationToken);
        ReferenceBank bank = new();
        try
        {
            OrtSession projection = networks[EchoMimicNetwork.ReferenceProjection];
            foreach ((string prefix, int channels) in TransformerBlocks.Of(networks.UNet))
                bank.AddProjected(networks[EchoMimicNetwork.Denoiser], prefix, TransformerBlocks.TokensOf(networks.UNet, prefix, size.Height, size.Width), channels);
            projection.Run(Tensors(features), Tensors(bank._projected), cancellationToken);
            return bank;
        }
        catch
        {
            bank.Dispose();
            throw;
        }
        finally
        {
            features.ForEach(feature => feature.Tensor.Dispose());
        }
    }

    /// <summary>The reference network's bank before projection, <c>bank.PREFIX</c> [1, T, C], in the order of <see cref="TransformerBlocks.Of"/>.</summary>
    public static List<(string Name, NetworkTensor Tensor)> Features(
        EchoMimicNetworks networks, LatentSize size, ReadOnlySpan<float> latentCHW, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        OrtSession reference = networks[EchoMimicNetwork.Reference];
        using NetworkTensor latents = NetworkTensor.Input(reference, "latents", 1, size.Channels, size.Height, size.Width);
        latents.Write(latentCHW);
        List<(string Name, NetworkTensor Tensor)> features = [.. TransformerBlocks.Of(networks.UNet).Select(block =>
        {
            int tokens = TransformerBlocks.TokensOf(networks.UNet, block.Prefix, size.Height, size.Width);
            return ($"bank.{block.Prefix}", NetworkTensor.Output(reference, $"bank.{block.Prefix}", 1, tokens, block.Channels));
        })];
        reference.Run([("latents", latents.Tensor)], Tensors(features), cancellationToken);
        return features;
    }

    public void Dispose() => _projected.ForEach(projected => projected.Tensor.Dispose());

    private void AddProjected(OrtSession denoiser, string prefix, int tokens, int channels)
    {
        foreach (string name in (string[])[$"bank_k.{prefix}", $"bank_v.{prefix}"])
            _projected.Add((name, NetworkTensor.Input(denoiser, name, 1, tokens, channels)));
    }

    private static (string Name, OrtTensor Tensor)[] Tensors(List<(string Name, NetworkTensor Tensor)> values) =>
        [.. values.Select(value => (value.Name, value.Tensor.Tensor))];
}
