namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Attention with its four projections; keys, queries and values have no bias, the output has.</summary>
internal static class TransformerParts
{
    /// <summary>Queries from <paramref name="x"/> [R, S, C], keys and values from <paramref name="context"/> [R, T, contextChannels].</summary>
    public static string Attend(NetworkBuilder net, string x, string context, string layer, int channels, int contextChannels, int heads) =>
        AttendTo(
            net,
            x,
            net.Linear(context, $"{layer}.to_k", contextChannels, channels, bias: false),
            net.Linear(context, $"{layer}.to_v", contextChannels, channels, bias: false),
            layer,
            channels,
            heads);

    /// <summary>Queries from <paramref name="x"/>, keys and values already projected.</summary>
    public static string AttendTo(NetworkBuilder net, string x, string keys, string values, string layer, int channels, int heads)
    {
        string queries = net.Linear(x, $"{layer}.to_q", channels, channels, bias: false);
        return net.Linear(net.Attention(queries, keys, values, channels, heads), $"{layer}.to_out.0", channels, channels);
    }
}
