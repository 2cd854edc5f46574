using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>The layers that reference and denoising UNet have in common; Stable Diffusion 1.5's UNet (Rombach et al. 2022, arXiv:2112.10752).</summary>
internal sealed class UNetLayers(NetworkBuilder net, UNetConfig config)
{
    private const float ResidualEpsilon = 1e-5f;
    private const float TransformerEpsilon = 1e-6f;

    private readonly Dictionary<string, string> _probes = new(StringComparer.Ordinal);

    /// <summary>Sinusoidal embedding of the timestep, cosines first, then two linear layers. Returns SiLU of it, which every residual block starts from.</summary>
    /// <param name="timestep">One float32 number.</param>
    public string TimeEmbedding(string timestep)
    {
        int half = config.BlockOutChannels[0] / 2;
        float[] frequencies = [.. Enumerable.Range(0, half).Select(i => (float)Math.Pow(10000, -(double)i / half))];
        string angles = net.Mul(net.Op("Reshape", [timestep, net.Int64s(1, 1)]), net.Floats32(frequencies));
        string wave = net.Op("Concat", [net.Op("Cos", [angles]), net.Op("Sin", [angles])], Attr.Int("axis", -1));
        if (net.Type != OnnxElementType.Float)
            wave = net.Op("Cast", [wave], Attr.Int("to", (long)net.Type));
        string first = net.Linear(wave, "time_embedding.linear_1", config.BlockOutChannels[0], config.TimeEmbeddingChannels);
        string embedding = net.Linear(net.Silu(first), "time_embedding.linear_2", config.TimeEmbeddingChannels, config.TimeEmbeddingChannels);
        Probe("time_embedding", embedding);
        return net.Silu(embedding);
    }

    /// <summary>Residual block on [R, C, H, W] with the timestep added after its first convolution.</summary>
    public string Residual(string x, string activatedTime, string layer, int inChannels, int outChannels)
    {
        string h = net.Silu(net.GroupNorm(x, $"{layer}.norm1", inChannels, config.NormGroups, ResidualEpsilon));
        h = net.Conv2d(h, $"{layer}.conv1", inChannels, outChannels);
        string time = net.Linear(activatedTime, $"{layer}.time_emb_proj", config.TimeEmbeddingChannels, outChannels);
        h = net.Add(h, net.Op("Reshape", [time, net.Int64s(1, outChannels, 1, 1)]));
        h = net.Silu(net.GroupNorm(h, $"{layer}.norm2", outChannels, config.NormGroups, ResidualEpsilon));
        h = net.Conv2d(h, $"{layer}.conv2", outChannels, outChannels);
        string shortcut = inChannels == outChannels ? x : net.Conv2d(x, $"{layer}.conv_shortcut", inChannels, outChannels, kernel: 1);
        return Probe(layer, net.Add(shortcut, h));
    }

    /// <summary>Normalise, project in, let <paramref name="block"/> work on tokens [R, H·W, C], project out, add the input.</summary>
    public string Transformer(string x, string layer, int channels, Func<string, string, string> block)
    {
        string tokens = net.ToTokens(net.GroupNorm(x, $"{layer}.norm", channels, config.NormGroups, TransformerEpsilon), channels);
        tokens = net.PointwiseConv(tokens, $"{layer}.proj_in", channels, channels);
        tokens = block(tokens, $"{layer}.transformer_blocks.0");
        tokens = net.PointwiseConv(tokens, $"{layer}.proj_out", channels, channels);
        return Probe(layer, net.Add(net.FromTokens(tokens, x), x));
    }

    public string Downsample(string x, string block, int channels) =>
        net.Conv2d(x, $"{block}.downsamplers.0.conv", channels, channels, stride: 2);

    public string Upsample(string x, string nextSkip, string block, int channels) =>
        net.Conv2d(net.UpsampleLike(x, nextSkip), $"{block}.upsamplers.0.conv", channels, channels);

    /// <summary>Remembers a value under the name of the module that computes it, for those who compare activations.</summary>
    public string Probe(string module, string value)
    {
        _probes[module] = value;
        return value;
    }

    /// <summary>Makes a remembered value an output, <c>probe.MODULE</c>.</summary>
    /// <remarks>A module without a remembered value gets no output.</remarks>
    public void OutputProbe(string module)
    {
        if (!_probes.TryGetValue(module, out string? value))
            return;
        int rank = module == "time_embedding" ? 2 : 4;
        net.Output(value, $"probe.{module}", [.. Enumerable.Range(0, rank).Select(axis => Dimension.Of($"probe.{module}.{axis}"))]);
    }
}
