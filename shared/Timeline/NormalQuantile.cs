using System.Numerics;

namespace RenderFarm.Timeline;

/// <summary>Inverse of the standard normal distribution function, the same bits on every machine.</summary>
/// <remarks>
/// Wichura 1988, algorithm AS 241 (PPND16): rational approximations with a relative error near 1e-16, in the middle in q = p − ½, in the
/// tails in √(−ln p). Only IEEE 754 + − × ÷ √ are used, which have one right answer, never a fused multiply-add and never the platform's
/// logarithm, whose last bit differs between C libraries. Vector lanes do the same operations in the same order.
/// </remarks>
public static class NormalQuantile
{
    /// <summary>|q| up to which the middle approximation holds.</summary>
    private const double Middle = 0.425;

    private const double Ln2 = 0.69314718055994530942;

    /// <summary>The normal deviate z with Φ(z) = ½ + q.</summary>
    /// <param name="q">Probability less one half, −½ &lt; q &lt; ½, at least e^−25 away from both.</param>
    public static double At(double q) => Math.Abs(q) <= Middle ? InMiddle(new Vector<double>(q))[0] : InTail(q);

    /// <summary>The deviates of many probabilities, in place.</summary>
    public static void At(Span<double> qs)
    {
        int i = 0;
        for (; i <= qs.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Span<double> lanes = qs.Slice(i, Vector<double>.Count);
            Vector<double> q = new(lanes);
            if (Vector.LessThanOrEqualAll(Vector.Abs(q), new Vector<double>(Middle)))
            {
                InMiddle(q).CopyTo(lanes);
                continue;
            }
            Vector<double> middle = InMiddle(q);
            for (int lane = 0; lane < lanes.Length; lane++)
                lanes[lane] = Math.Abs(q[lane]) <= Middle ? middle[lane] : InTail(q[lane]);
        }
        for (; i < qs.Length; i++)
            qs[i] = At(qs[i]);
    }

    private static Vector<double> InMiddle(Vector<double> q)
    {
        Vector<double> r = new Vector<double>(0.180625) - (q * q);
        Vector<double> numerator = new(2509.0809287301226727);
        numerator = (numerator * r) + new Vector<double>(33430.575583588128105);
        numerator = (numerator * r) + new Vector<double>(67265.770927008700853);
        numerator = (numerator * r) + new Vector<double>(45921.953931549871457);
        numerator = (numerator * r) + new Vector<double>(13731.693765509461125);
        numerator = (numerator * r) + new Vector<double>(1971.5909503065514427);
        numerator = (numerator * r) + new Vector<double>(133.14166789178437745);
        numerator = (numerator * r) + new Vector<double>(3.3871328727963666080);
        Vector<double> denominator = new(5226.4952788528545610);
        denominator = (denominator * r) + new Vector<double>(28729.085735721942674);
        denominator = (denominator * r) + new Vector<double>(39307.895800092710610);
        denominator = (denominator * r) + new Vector<double>(21213.794301586595867);
        denominator = (denominator * r) + new Vector<double>(5394.1960214247511077);
        denominator = (denominator * r) + new Vector<double>(687.18700749205790830);
        denominator = (denominator * r) + new Vector<double>(42.313330701600911252);
        denominator = (denominator * r) + Vector<double>.One;
        return q * numerator / denominator;
    }

    private static double InTail(double q)
    {
        double r = Math.Sqrt(-NaturalLogarithm(0.5 - Math.Abs(q))) - 1.6;
        double numerator = 7.74545014278341407640e-4;
        numerator = (numerator * r) + 0.0227238449892691845833;
        numerator = (numerator * r) + 0.241780725177450611770;
        numerator = (numerator * r) + 1.27045825245236838258;
        numerator = (numerator * r) + 3.64784832476320460504;
        numerator = (numerator * r) + 5.76949722146069140550;
        numerator = (numerator * r) + 4.63033784615654529590;
        numerator = (numerator * r) + 1.42343711074968357734;
        double denominator = 1.05075007164441684324e-9;
        denominator = (denominator * r) + 5.47593808499534494600e-4;
        denominator = (denominator * r) + 0.0151986665636164571966;
        denominator = (denominator * r) + 0.148103976427480074590;
        denominator = (denominator * r) + 0.689767334985100004550;
        denominator = (denominator * r) + 1.67638483018380384940;
        denominator = (denominator * r) + 2.05319162663775882187;
        denominator = (denominator * r) + 1.0;
        return q < 0 ? -(numerator / denominator) : numerator / denominator;
    }

    /// <summary>ln x of a normal positive number: x = m · 2^e with m near 1, ln m = 2 artanh((m − 1)/(m + 1)) by its series.</summary>
    private static double NaturalLogarithm(double x)
    {
        const long OneBits = 0x3FF0_0000_0000_0000;
        const double InverseRootTwo = 0.70710678118654752440;
        long bits = BitConverter.DoubleToInt64Bits(x);
        long exponent = (bits >> 52) - 1022; // mantissa from ½ to 1
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | OneBits) * 0.5;
        if (mantissa < InverseRootTwo)
        {
            mantissa *= 2;
            exponent--;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s; // at most 0.0295, so the first term left out is below 1e-17
        double series = 1.0 / 21;
        for (int odd = 19; odd >= 1; odd -= 2)
            series = (series * square) + (1.0 / odd);
        return (exponent * Ln2) + (2 * s * series);
    }
}
