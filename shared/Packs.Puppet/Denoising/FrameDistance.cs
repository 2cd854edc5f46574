using RenderFarm.Contracts;

namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>How far apart in time two frames of a timeline are.</summary>
internal sealed class FrameDistance(WindowClosing closing, long frameCount, double secondsPerFrame)
{
    /// <summary>In seconds. On a ring it is the chord, for which every Matérn kernel stays a covariance and which hardly differs from the arc between near frames.</summary>
    public double Between(long a, long b) => closing == WindowClosing.Line
        ? Math.Abs(a - b) * secondsPerFrame
        : frameCount * secondsPerFrame / Math.PI * Math.Abs(Math.Sin(Math.PI * (a - b) / frameCount));

    /// <summary>Whether each frame follows the one before, so that only differences matter.</summary>
    public bool AreConsecutive(ReadOnlySpan<long> framesF)
    {
        for (int i = 1; i < framesF.Length; i++)
        {
            long next = framesF[i - 1] + 1;
            if (framesF[i] != (closing == WindowClosing.Ring && next == frameCount ? 0 : next))
                return false;
        }

        return true;
    }
}
