namespace RenderFarm.Packs.Puppet;

/// <summary>Numbers that are a pure function of a seed and an index.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014) as a hash of seed and index.</remarks>
internal static class SeededNumbers
{
    /// <summary>Uniform in [0, 1).</summary>
    /// <param name="purpose">Keeps the numbers of different uses apart.</param>
    public static double Uniform(ulong seed, ulong purpose, ulong index) => (Mix(Mix(Mix(seed) + purpose) + index) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
