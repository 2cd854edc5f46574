using RenderFarm.Audio;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>How loud speech and pauses of a whole recording are: the scale on which a mouth is called open.</summary>
/// <param name="QuietDb">Level that counts as silence.</param>
/// <param name="LoudDb">Level of loud speech; −∞ where the recording holds nothing to hear.</param>
internal readonly record struct SpeechLevels(double QuietDb, double LoudDb)
{
    // Below this nobody hears speech: the noise of an open 16-bit recording is at about −90 dB.
    private const double InaudibleDb = -72;

    // Loudness is taken among windows that can be speech at all, so that long pauses do not count as quiet speech.
    private const double GateBelowMeanDb = 25;
    private const double WidestRangeDb = 32;
    private const double NarrowestRangeDb = 16;

    public bool IsSilent => double.IsNegativeInfinity(LoudDb);

    public static SpeechLevels Of(LevelHistogram levels)
    {
        double loud = levels.Percentile(0.95, levels.MeanPowerDb() - GateBelowMeanDb);
        if (double.IsNaN(loud) || loud < InaudibleDb)
            return new SpeechLevels(0, double.NegativeInfinity);
        return new SpeechLevels(Math.Clamp(levels.Percentile(0.10), loud - WidestRangeDb, loud - NarrowestRangeDb), loud);
    }

    /// <summary>0 at the quiet level, 1 at the loud one.</summary>
    public double Loudness(double levelDb) => IsSilent ? 0 : Math.Clamp((levelDb - QuietDb) / (LoudDb - QuietDb), 0, 1);
}
