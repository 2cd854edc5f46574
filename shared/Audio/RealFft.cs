using System.Numerics;

namespace RenderFarm.Audio;

/// <summary>Forward Fourier transform of real samples, X[k] = Σ x[n]·exp(−2πi·kn/N), unscaled. One caller at a time: it owns its scratch memory.</summary>
/// <remarks>
/// The even and odd samples form one complex transform of half the length (Cooley–Tukey, decimation in time, radix 2), whose result is
/// split into the two real transforms it holds. The order of operations does not depend on the vector width, so the bits do not either.
/// </remarks>
public sealed class RealFft
{
    private readonly int _half;
    private readonly int[] _bitReversed;
    private readonly float[] _stageCos;
    private readonly float[] _stageSin;
    private readonly float[] _splitCos;
    private readonly float[] _splitSin;
    private readonly float[] _re;
    private readonly float[] _im;

    /// <param name="size">N, a power of two from 4 to 2^20.</param>
    public RealFft(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1 << 20);
        if (!BitOperations.IsPow2(size))
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size must be a power of two.");
        Size = size;
        _half = size / 2;
        _re = new float[_half];
        _im = new float[_half];
        _bitReversed = new int[_half];
        int bits = BitOperations.Log2((uint)_half);
        for (int i = 0; i < _half; i++)
            _bitReversed[i] = (_bitReversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));

        // The factors of the stage with butterflies of span s lie at [s, 2s), so that each stage reads its own ones in order.
        _stageCos = new float[_half];
        _stageSin = new float[_half];
        for (int span = 1; span < _half; span *= 2)
        {
            for (int k = 0; k < span; k++)
            {
                (double sin, double cos) = Math.SinCos(-Math.PI * k / span);
                (_stageCos[span + k], _stageSin[span + k]) = ((float)cos, (float)sin);
            }
        }

        _splitCos = new float[_half];
        _splitSin = new float[_half];
        for (int k = 0; k < _half; k++)
        {
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * k / size);
            (_splitCos[k], _splitSin[k]) = ((float)cos, (float)sin);
        }
    }

    /// <summary>N.</summary>
    public int Size { get; }

    /// <summary>Bins from 0 Hz to half the sample rate, N/2 + 1.</summary>
    public int BinCount => _half + 1;

    /// <summary>|X[k]|² for every bin.</summary>
    /// <param name="samples">N real samples.</param>
    /// <param name="power">Receives N/2 + 1 values.</param>
    public void PowerSpectrum(ReadOnlySpan<float> samples, Span<float> power)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(power.Length, BinCount);
        TransformHalf(samples);
        for (int k = 0; k <= _half; k++)
        {
            (float re, float im) = Bin(k);
            power[k] = (re * re) + (im * im);
        }
    }

    /// <summary>X[k] for every bin.</summary>
    /// <param name="samples">N real samples.</param>
    /// <param name="real">Receives N/2 + 1 values.</param>
    /// <param name="imaginary">Receives N/2 + 1 values.</param>
    public void Forward(ReadOnlySpan<float> samples, Span<float> real, Span<float> imaginary)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(real.Length, BinCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(imaginary.Length, BinCount);
        TransformHalf(samples);
        for (int k = 0; k <= _half; k++)
            (real[k], imaginary[k]) = Bin(k);
    }

    /// <summary>With Z the half-length transform: X[k] = E + w·O, E = (Z[k] + Z*[N/2−k])/2, O = (Z[k] − Z*[N/2−k])/2i, w = exp(−2πik/N).</summary>
    private (float Re, float Im) Bin(int k)
    {
        if (k == 0)
            return (_re[0] + _im[0], 0);
        if (k == _half)
            return (_re[0] - _im[0], 0);
        int mirrored = _half - k;
        float evenRe = 0.5f * (_re[k] + _re[mirrored]);
        float evenIm = 0.5f * (_im[k] - _im[mirrored]);
        float oddRe = 0.5f * (_im[k] + _im[mirrored]);
        float oddIm = -0.5f * (_re[k] - _re[mirrored]);
        return (
            evenRe + ((_splitCos[k] * oddRe) - (_splitSin[k] * oddIm)),
            evenIm + ((_splitCos[k] * oddIm) + (_splitSin[k] * oddRe)));
    }

    private void TransformHalf(ReadOnlySpan<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, Size);
        for (int i = 0; i < _half; i++)
        {
            int from = 2 * _bitReversed[i];
            (_re[i], _im[i]) = (samples[from], samples[from + 1]);
        }

        for (int span = 1; span < _half; span *= 2)
        {
            ReadOnlySpan<float> cos = _stageCos.AsSpan(span, span);
            ReadOnlySpan<float> sin = _stageSin.AsSpan(span, span);
            for (int start = 0; start < _half; start += 2 * span)
            {
                Butterflies(
                    _re.AsSpan(start, span), _im.AsSpan(start, span), _re.AsSpan(start + span, span), _im.AsSpan(start + span, span), cos, sin);
            }
        }
    }

    private static void Butterflies(
        Span<float> topRe, Span<float> topIm, Span<float> bottomRe, Span<float> bottomIm, ReadOnlySpan<float> cos, ReadOnlySpan<float> sin)
    {
        int k = 0;
        for (; k <= cos.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            Vector<float> c = new(cos[k..]), s = new(sin[k..]), bRe = new(bottomRe[k..]), bIm = new(bottomIm[k..]);
            Vector<float> tRe = new(topRe[k..]), tIm = new(topIm[k..]);
            Vector<float> re = (bRe * c) - (bIm * s);
            Vector<float> im = (bRe * s) + (bIm * c);
            (tRe + re).CopyTo(topRe[k..]);
            (tIm + im).CopyTo(topIm[k..]);
            (tRe - re).CopyTo(bottomRe[k..]);
            (tIm - im).CopyTo(bottomIm[k..]);
        }

        for (; k < cos.Length; k++)
        {
            float re = (bottomRe[k] * cos[k]) - (bottomIm[k] * sin[k]);
            float im = (bottomRe[k] * sin[k]) + (bottomIm[k] * cos[k]);
            (topRe[k], bottomRe[k]) = (topRe[k] + re, topRe[k] - re);
            (topIm[k], bottomIm[k]) = (topIm[k] + im, topIm[k] - im);
        }
    }
}
