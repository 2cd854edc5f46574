using System.Globalization;
using RenderFarm.Failures;
using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Doctor;

/// <summary>How fast this machine renders the default pack at the default size.</summary>
internal static class SpeedCheck
{
    /// <summary>Short enough to wait for, long enough that starting up hardly counts.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(12);

    public static async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            (long frames, TimeSpan elapsed) = await TrialRender.RunAsync(RenderOptions.DefaultPack, RenderOptions.DefaultSizePixels, Length, cancellationToken);
            return Of(frames, elapsed);
        }
        catch (Exception e) when (e is PermanentException or TransientException)
        {
            return new(FindingMark.Bad, "speed", $"the trial render failed: {e.Message}");
        }
    }

    internal static Finding Of(long frames, TimeSpan elapsed)
    {
        double speed = frames / Math.Max(elapsed.TotalSeconds, 1e-3);
        const double LectureRate = 24;
        return new(FindingMark.Good, "speed", string.Create(CultureInfo.InvariantCulture,
            $"{speed:0.0} frames/s with {RenderOptions.DefaultPack} at {RenderOptions.DefaultSizePixels} px: an hour at 24 frames/s takes about {Progress.ProgressText.Time(3600 * LectureRate / speed)} ({speed / LectureRate:0.0} × real time)"));
    }
}
