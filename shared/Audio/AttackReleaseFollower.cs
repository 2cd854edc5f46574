namespace RenderFarm.Audio;

/// <summary>First-order follower that rises and falls at different speeds: y += a·(x − y), a = attack where x > y, else release.</summary>
/// <param name="attack">Share of a rise taken per step, 0 to 1.</param>
/// <param name="release">Share of a fall taken per step, 0 to 1.</param>
public sealed class AttackReleaseFollower(double attack, double release)
{
    public double Value { get; private set; }

    /// <summary>A follower whose speeds are known for one step length and wanted at another, so that it moves alike in real time.</summary>
    public static AttackReleaseFollower PerStep(double attack, double release, double knownStepSeconds, double stepSeconds) =>
        new(Rescale(attack, knownStepSeconds, stepSeconds), Rescale(release, knownStepSeconds, stepSeconds));

    /// <summary>The share per step that reaches the same point after the same time: 1 − (1 − share)^(step/known).</summary>
    public static double Rescale(double share, double knownStepSeconds, double stepSeconds) =>
        1 - Math.Pow(1 - share, stepSeconds / knownStepSeconds);

    public double Next(double input)
    {
        Value += (input > Value ? attack : release) * (input - Value);
        return Value;
    }
}
