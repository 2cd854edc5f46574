namespace RenderFarm.Farm.Rendering;

/// <summary>The lecture that comes with the program.</summary>
internal static class SampleLecture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public static string Title => "Why the sky is blue";

    public static string Portrait { get; } = Path.Combine(Folder, "portrait.png");

    /// <summary>40 seconds, spoken by espeak-ng.</summary>
    public static string Audio { get; } = Path.Combine(Folder, "lecture.opus");
}
