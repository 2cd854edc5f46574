namespace RenderFarm.Stitcher;

/// <summary>How this process stitches. Configuration section <c>Stitcher</c>.</summary>
public sealed class StitcherOptions
{
    /// <summary>Borders blended at once.</summary>
    public int Borders { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Audio tracks encoded at once; one takes about a minute for an hour of sound.</summary>
    public int AudioTracks { get; set; } = 1;

    /// <summary>Videos joined at once; bound by the disk, not by the processor.</summary>
    public int Joins { get; set; } = 1;

    /// <summary>Where files lie while they are stitched; what killed processes left there is removed at start.</summary>
    public string WorkFolder { get; set; } = Path.Combine(Path.GetTempPath(), "renderfarm-stitcher");
}
