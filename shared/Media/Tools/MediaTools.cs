namespace RenderFarm.Media;

/// <summary>Which ffmpeg and ffprobe to start: names looked up in PATH, or absolute paths.</summary>
public sealed record MediaTools(string Ffmpeg, string Ffprobe)
{
    public static MediaTools FromPath { get; } = new("ffmpeg", "ffprobe");
}
