using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Temporal transformer of AnimateDiff (Guo et al. 2023, arXiv:2307.04725): every pixel attends over the frames of its window.</summary>
internal sealed class MotionModule
{
    /// <summary>Frames the positional table has; a longer window has no position for its last frames.</summary>
    public const int MaxFrames = 32;

    private const int Groups = 32; // whatever the base model's norm_num_groups says
    private const int Heads = 8;
    private const int AttentionBlocks = 2;
    private const float Epsilon = 1e-6f;

    private readonly NetworkBuilder _net;
    private readonly string _windows;
    private readonly string _frames;

    /// <param name="net">The network it belongs to.</param>
    /// <param name="latentsBFCHW">A value of shape [B, F, …], from which the numbers of windows and frames are read.</param>
    public MotionModule(NetworkBuilder net, string latentsBFCHW)
    {
        _net = net;
        _windows = net.Op("Shape", [latentsBFCHW], Attr.Int("end", 1));
        _frames = net.Op("Shape", [latentsBFCHW], Attr.Int("start", 1), Attr.Int("end", 2));
    }

    /// <summary>[B·F, C, H, W] → same shape.</summary>
    public string Apply(string x, string layer, int channels)
    {
        string prefix = $"{layer}.temporal_transformer";
        string block = $"{prefix}.transformer_blocks.0";
        string h = _net.GroupNorm(x, $"{prefix}.norm", channels, Groups, Epsilon);
        string sequences = _net.Linear(ToSequences(h, channels), $"{prefix}.proj_in", channels, channels);
        for (int i = 0; i < AttentionBlocks; i++)
        {
            string attention = $"{block}.attention_blocks.{i}";
            string normed = _net.LayerNorm(sequences, $"{block}.norms.{i}", channels);
            string table = _net.Parameter($"{attention}.pos_encoder.pe", 1, MaxFrames, channels);
            string positions = _net.Op("Slice", [table, _net.Int64s(0), _frames, _net.Int64s(1)]);
            string placed = _net.Add(normed, positions);
            sequences = _net.Add(sequences, TransformerParts.Attend(_net, placed, placed, attention, channels, channels, Heads));
        }

        string fed = _net.FeedForward(_net.LayerNorm(sequences, $"{block}.ff_norm", channels), $"{block}.ff", channels);
        sequences = _net.Linear(_net.Add(sequences, fed), $"{prefix}.proj_out", channels, channels);
        return _net.Add(FromSequences(sequences, x, channels), x);
    }

    /// <summary>[B·F, C, H, W] → [B·H·W, F, C].</summary>
    private string ToSequences(string x, int channels)
    {
        string split = _net.Op("Reshape", [x, Shape(_windows, _frames, _net.Int64s(channels), _net.Int64s(-1))]);
        string turned = _net.Op("Transpose", [split], Attr.Ints("perm", 0, 3, 1, 2));
        return _net.Op("Reshape", [turned, Shape(_net.Int64s(-1), _frames, _net.Int64s(channels))]);
    }

    private string FromSequences(string sequences, string like, int channels)
    {
        string split = _net.Op("Reshape", [sequences, Shape(_windows, _net.Int64s(-1), _frames, _net.Int64s(channels))]);
        string turned = _net.Op("Transpose", [split], Attr.Ints("perm", 0, 2, 3, 1));
        return _net.Op("Reshape", [turned, _net.Op("Shape", [like])]);
    }

    private string Shape(params IReadOnlyList<string> parts) => _net.Op("Concat", parts, Attr.Int("axis", 0));
}
