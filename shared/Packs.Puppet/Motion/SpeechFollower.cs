using RenderFarm.Audio;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>Turns the features of a track, window by window, into the motion of a mouth. Answers come <see cref="Delay"/> windows late.</summary>
/// <remarks>
/// The level alone would hold the mouth open between syllables; the local contrast of the vowel band closes it there. Speeds were tuned on
/// steps of 40 ms and are moved to the step used here. Followers start at rest at the start of the track and never look at where a segment begins.
/// </remarks>
internal sealed class SpeechFollower(SpeechLevels levels)
{
    /// <summary>Windows between what goes in and what comes out.</summary>
    public const int Delay = ContrastReach + Lookahead + SmoothingReach;

    private const double TunedStepSeconds = 0.040;
    private const int PerTunedStep = (int)(TunedStepSeconds * SpeechSpectrum.RateHz);
    private const int ContrastReach = 7 * PerTunedStep;
    private const int Lookahead = PerTunedStep; // a mouth is in place just before the sound is heard
    private const int SmoothingReach = PerTunedStep;
    private const double NarrowestContrastDb = 9;
    private const double FaintestVowelBelowLoudDb = 45;

    private readonly Queue<SpeechFeatures> _ahead = new(ContrastReach + 1);
    private readonly SlidingRange _vowelRange = new((2 * ContrastReach) + 1);
    private readonly AttackReleaseFollower _open = Tuned(0.85, 0.6);
    private readonly AttackReleaseFollower _round = Tuned(0.4, 0.4);
    private readonly AttackReleaseFollower _envelope = Tuned(0.15, 0.08);
    private readonly AttackReleaseFollower _habit = Tuned(0.006, 0.006); // about 7 s
    private readonly Queue<SpeechMotion> _late = new(Lookahead + SmoothingReach + 1);

    /// <summary>Takes window k and answers for window k − <see cref="Delay"/>; null while there is none yet.</summary>
    public SpeechMotion? Next(SpeechFeatures features)
    {
        _ahead.Enqueue(features);
        _vowelRange.Add(Audible(features.VowelDb));
        if (_ahead.Count <= ContrastReach)
            return null;

        _late.Enqueue(Follow(_ahead.Dequeue()));
        if (_late.Count <= Lookahead + SmoothingReach)
            return null;
        SpeechMotion shown = _late.ElementAt(Lookahead);
        double around = _late.ElementAt(Lookahead - SmoothingReach).Open + _late.ElementAt(Lookahead + SmoothingReach).Open;
        _late.Dequeue();
        return shown with { Open = (0.7 * shown.Open) + (0.15 * around) };
    }

    private static AttackReleaseFollower Tuned(double attack, double release) =>
        AttackReleaseFollower.PerStep(attack, release, TunedStepSeconds, SpeechSpectrum.StepSeconds);

    private SpeechMotion Follow(SpeechFeatures features)
    {
        double loudness = levels.Loudness(features.LevelDb);
        double contrast = (Audible(features.VowelDb) - _vowelRange.Min) / Math.Max(NarrowestContrastDb, _vowelRange.Max - _vowelRange.Min);
        double wanted = Math.Clamp((loudness - 0.2) / 0.7, 0, 1)
            * (0.3 + (0.7 * Math.Pow(Math.Clamp(contrast, 0, 1), 1.5)))
            * (1 - (0.75 * SmoothStep.Between(0.25, 0.6, features.Hiss)));
        double rounding = loudness > 0.3 ? Math.Clamp((1150 - features.CentroidHz) / 700, -1, 1) : 0;
        double envelope = _envelope.Next(loudness);
        return new SpeechMotion(_open.Next(wanted), _round.Next(rounding), envelope - _habit.Next(envelope));
    }

    private double Audible(double vowelDb) => levels.IsSilent ? 0 : Math.Max(vowelDb, levels.LoudDb - FaintestVowelBelowLoudDb);
}
