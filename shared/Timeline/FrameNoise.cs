namespace RenderFarm.Timeline;

/// <summary>The noise a frame starts from: a pure function of seed, absolute frame number and element, the same bits on every machine.</summary>
/// <remarks>
/// Element i of frame f is word i mod 4 of the Philox block with key = seed and counter = (i div 4, 0, low half of f, high half of f);
/// a 32-bit word w becomes the probability (w + ½)/2³², and that the normal deviate of <see cref="NormalQuantile"/>, then a float.
/// </remarks>
public static class FrameNoise
{
    /// <summary>The bound EchoMimic v2 puts on its initial noise.</summary>
    public const float DefaultClamp = 1.5f;

    private const int WordsPerBlock = 4;
    private const int ChunkLength = 256;

    /// <summary>Fills one frame of any length; a longer frame starts with the same numbers.</summary>
    /// <param name="noiseL">Receives standard normals, clamped.</param>
    /// <param name="clamp">Bound on the absolute value, above 0; infinity for none.</param>
    public static void Fill(ulong seed, long frame, Span<float> noiseL, float clamp = DefaultClamp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clamp);
        Span<double> chunk = stackalloc double[ChunkLength];
        for (int first = 0; first < noiseL.Length; first += ChunkLength)
        {
            Span<float> part = noiseL.Slice(first, Math.Min(ChunkLength, noiseL.Length - first));
            int padded = (part.Length + WordsPerBlock - 1) / WordsPerBlock * WordsPerBlock;
            FillCentred(seed, frame, (uint)(first / WordsPerBlock), chunk[..padded]);
            NormalQuantile.At(chunk[..padded]);
            for (int i = 0; i < part.Length; i++)
                part[i] = Math.Clamp((float)chunk[i], -clamp, clamp);
        }
    }

    /// <summary>Uniform numbers between −½ and ½, exact: a word w gives (w + ½)/2³² − ½.</summary>
    private static void FillCentred(ulong seed, long frame, uint firstBlock, Span<double> uniforms)
    {
        const double Scale = 1.0 / (1L << 32);
        for (int i = 0; i <= uniforms.Length - WordsPerBlock; i += WordsPerBlock)
        {
            (uint x0, uint x1, uint x2, uint x3) = Philox.Block(firstBlock++, 0, (uint)frame, (uint)(frame >> 32), seed);
            Span<double> block = uniforms.Slice(i, WordsPerBlock);
            block[0] = (unchecked((int)(x0 ^ 0x8000_0000)) + 0.5) * Scale;
            block[1] = (unchecked((int)(x1 ^ 0x8000_0000)) + 0.5) * Scale;
            block[2] = (unchecked((int)(x2 ^ 0x8000_0000)) + 0.5) * Scale;
            block[3] = (unchecked((int)(x3 ^ 0x8000_0000)) + 0.5) * Scale;
        }
    }
}
