namespace RenderFarm.Audio;

/// <summary>The Hann window, w[n] = (1 − cos(2πn/N))/2.</summary>
public static class HannWindow
{
    /// <summary>The periodic form, for spectra: N values, w[0] = 0, w[N/2] = 1 for even N.</summary>
    public static float[] Periodic(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        float[] window = new float[length];
        for (int n = 0; n < length; n++)
            window[n] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / length)));
        return window;
    }
}
