namespace RenderFarm.Contracts;

/// <summary>What decides the picture, the same for every segment of a job.</summary>
public sealed record RenderSettings
{
    /// <summary>Name of the model pack.</summary>
    public required string Pack { get; init; }

    /// <summary>A retry on another machine repeats the same noise.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Denoising steps.</summary>
    public required int Steps { get; init; }

    public WindowClosing Closing { get; init; } = WindowClosing.Line;

    public required VideoEncoding Encoding { get; init; }

    /// <summary>Every frame is additionally kept lossless in the store.</summary>
    public bool KeepFrames { get; init; }
}
