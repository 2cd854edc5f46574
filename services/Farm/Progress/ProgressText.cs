using System.Globalization;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Progress;

/// <summary>Events in words. Pure: what is shown can be read in a test.</summary>
internal static class ProgressText
{
    /// <summary>The event as a line; null where there is nothing to say.</summary>
    public static string? Line(RenderEvent happened) => happened switch
    {
        RenderStarted => null,
        RenderPlanned planned => Planned(planned),
        RenderWarned warned => $"warning: {warned.Sentence}",
        RenderProgressed progress => Progress(progress),
        RenderCompleted completed => Completed(completed),
        RenderFailed => null, // the command line ends with the sentence
        RenderStopped stopped => Stopped(stopped),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    /// <summary>For example <c>42 s</c>, <c>3:07 min</c> or <c>1:02:03 h</c>.</summary>
    public static string Time(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Clamp(Math.Round(seconds), 0, 359_999_999));
        return time.TotalSeconds < 60 ? Invariant($"{time.Seconds} s")
            : time.TotalMinutes < 60 ? Invariant($"{time.Minutes}:{time.Seconds:00} min")
            : Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h");
    }

    /// <summary>For example <c>about 3:10 min left (2:50 min to 3:40 min)</c>; empty while nobody knows.</summary>
    public static string Left(RenderProgressed progress)
    {
        if (progress.SecondsLeft is not { } left)
            return "";
        string expected = Time(left), least = Time(progress.SecondsLeftAtLeast ?? left), most = Time(progress.SecondsLeftAtMost ?? left);
        return least == most ? $"about {expected} left" : $"about {expected} left ({least} to {most})";
    }

    /// <summary>For example <c>593 of 955 frames</c>.</summary>
    public static string Frames(RenderProgressed progress) => progress.Frames == 0
        ? ""
        : Invariant($"{Math.Floor(progress.FramesDone):0} of {progress.Frames} frames");

    public static string Speed(RenderProgressed progress) => progress.FramesPerSecond is { } speed ? Invariant($"{speed:0.0} frames/s") : "";

    /// <summary>Whole per cent, rounded down: 100 means done.</summary>
    public static string Percent(double fraction) => Invariant($"{Math.Floor(fraction * 100):0} %");

    private static string Planned(RenderPlanned planned)
    {
        string plan = Invariant($"{Time(planned.VideoSeconds)} of video, {planned.Frames} frames in {Count(planned.Segments, "segment")}");
        return planned.SegmentsReused == 0
            ? plan
            : Invariant($"{plan}; resuming: {planned.SegmentsReused} of {planned.Segments} segments are already rendered");
    }

    private static string Progress(RenderProgressed progress)
    {
        IEnumerable<string> parts = [Percent(progress.Fraction), Frames(progress), Speed(progress), Left(progress)];
        string done = progress.Frames == 0 ? "" : ": " + string.Join(", ", parts.Where(part => part.Length > 0));
        return progress.Stage + done;
    }

    private static string Completed(RenderCompleted completed)
    {
        string kept = completed.KeptFrames is { } frames ? $"{Environment.NewLine}every frame, lossless: {frames}" : "";
        return Invariant($"done: {Time(completed.VideoSeconds)} of video ({completed.Frames} frames, {DiskSpace.Text(completed.SizeBytes)}) in {Time(completed.ElapsedSeconds)}, {completed.TimesRealTime:0.0} × real time{kept}");
    }

    private static string Stopped(RenderStopped stopped) => stopped.SegmentsRendered == 0
        ? "stopped before any segment was rendered"
        : Invariant($"stopped: {stopped.SegmentsRendered} of {Count(stopped.Segments, "segment")} are kept; the same command goes on from there");

    private static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
