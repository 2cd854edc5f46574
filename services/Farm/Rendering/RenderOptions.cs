using RenderFarm.Contracts;

namespace RenderFarm.Farm.Rendering;

/// <summary>What the user asked for; each value is fine by itself.</summary>
internal sealed record RenderOptions
{
    public const string DefaultPack = "puppet";
    public const int DefaultSizePixels = 512;
    public const int DefaultCrf = 18;
    public const ulong DefaultSeed = 420;
    public const int MaxWorkers = 64;

    /// <summary>A worker keeps two cores busy: one decodes, the other encodes.</summary>
    public static int DefaultWorkers { get; } = Math.Clamp(Environment.ProcessorCount / 2, 1, MaxWorkers);

    public required string Portrait { get; init; }

    public required string Audio { get; init; }

    public required string Out { get; init; }

    public string Pack { get; init; } = DefaultPack;

    public int SizePixels { get; init; } = DefaultSizePixels;

    public FrameRate FrameRate { get; init; } = new(24, 1);

    public ulong Seed { get; init; } = DefaultSeed;

    public required int Workers { get; init; }

    /// <summary>Null lets the coordinator choose.</summary>
    public TimeSpan? SegmentLength { get; init; }

    /// <summary>Null takes what the pack recommends.</summary>
    public int? Steps { get; init; }

    public VideoCodec Codec { get; init; } = VideoCodec.H264;

    public int Crf { get; init; } = DefaultCrf;

    /// <summary>Null takes the name of the audio file.</summary>
    public string? Title { get; init; }

    public bool KeepFrames { get; init; }

    /// <summary>An output that exists is replaced.</summary>
    public bool Force { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }
}
