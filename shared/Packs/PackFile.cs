namespace RenderFarm.Packs;

/// <summary>A file of a pack folder and what it must contain.</summary>
public sealed record PackFile
{
    /// <summary>Relative to the folder, '/' between its parts.</summary>
    public required string Path { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
