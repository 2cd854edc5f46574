namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>The slow movements of somebody who stands and talks: sums of sines whose phases come from the seed.</summary>
internal static class HeadSway
{
    private const ulong PhasePurpose = 0x5EA;

    // Amplitude in the parameter's unit and frequency in Hz. No two frequencies are small multiples of each other, so nothing repeats visibly.
    private static readonly Wave[] Waves =
    [
        new(MotionParameter.HeadYaw, 2.6, 0.19),
        new(MotionParameter.HeadYaw, 1.2, 0.43),
        new(MotionParameter.HeadPitch, 1.2, 0.31),
        new(MotionParameter.HeadRoll, 0.75, 0.23),
        new(MotionParameter.HeadRoll, 0.45, 0.51),
        new(MotionParameter.HeadX, 2.0, 0.17),
        new(MotionParameter.HeadX, 0.8, 0.37),
        new(MotionParameter.HeadY, 0.8, 0.27),
        new(MotionParameter.Breath, 2.2, 0.28),
    ];

    /// <summary>Adds the sway at an instant to a row of parameters.</summary>
    public static void AddTo(Span<float> rowL, ulong seed, double seconds)
    {
        for (int i = 0; i < Waves.Length; i++)
        {
            Wave wave = Waves[i];
            double turns = (wave.FrequencyHz * seconds) + SeededNumbers.Uniform(seed, PhasePurpose, (ulong)i);
            rowL[wave.Parameter] += (float)(wave.Amplitude * Math.Sin(2 * Math.PI * (turns - Math.Floor(turns))));
        }
    }

    private readonly record struct Wave(int Parameter, double Amplitude, double FrequencyHz);
}
