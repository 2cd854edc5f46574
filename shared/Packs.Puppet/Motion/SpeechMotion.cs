namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>What a face does with the sound at one instant.</summary>
/// <param name="Open">Opening of the mouth, 0 to 1.</param>
/// <param name="Round">−1 spread to 1 rounded.</param>
/// <param name="Emphasis">How much more lively the speech is than it was in the last seconds, about −0.7 to 0.7.</param>
internal readonly record struct SpeechMotion(double Open, double Round, double Emphasis)
{
    public static SpeechMotion Between(SpeechMotion a, SpeechMotion b, double share) => new(
        a.Open + (share * (b.Open - a.Open)),
        a.Round + (share * (b.Round - a.Round)),
        a.Emphasis + (share * (b.Emphasis - a.Emphasis)));
}
