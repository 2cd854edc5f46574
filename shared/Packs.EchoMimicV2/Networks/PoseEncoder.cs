using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Turns pose maps <c>maps</c> [F, 3, H, W], 0 to 1, into <c>features</c> [F, C0, H/8, W/8] that are added to the first feature map.</summary>
public static class PoseEncoder
{
    /// <summary>ControlNet's conditioning embedding with strides 1 and 2 in turn.</summary>
    private static readonly (int In, int Out, int Stride)[] s_blocks = [(16, 16, 1), (16, 32, 2), (32, 32, 1), (32, 96, 2), (96, 96, 1), (96, 256, 2)];

    public static OnnxModel Build(int outChannels, IParameterSource parameters, NetworkOptions options)
    {
        NetworkBuilder net = new("pose_encoder", parameters, options);
        string x = net.Silu(net.Conv2d(net.Input("maps", "frames", 3, "height", "width"), "conv_in", 3, s_blocks[0].In));
        for (int i = 0; i < s_blocks.Length; i++)
            x = net.Silu(net.Conv2d(x, $"blocks.{i}", s_blocks[i].In, s_blocks[i].Out, stride: s_blocks[i].Stride));
        net.Output(net.Conv2d(x, "conv_out", s_blocks[^1].Out, outChannels), "features", "frames", outChannels, "h", "w");
        return net.Build();
    }
}
