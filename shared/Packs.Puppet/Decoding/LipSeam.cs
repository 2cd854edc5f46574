using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Finds the dark line between closed lips, which the face mesh knows only to a pixel or two. Lips parted beside it would tear the line.</summary>
internal static class LipSeam
{
    private const float Reach = 0.14f; // of half the mouth's width
    private const int Steps = 14;
    private const float Smoothing = 0.10f;

    // How much darker, in levels, a place at the end of the reach must be to win against the mesh.
    private const float Trust = 24;

    /// <summary>For each x, how far below the mesh's line the seam is, in pixels; smooth along the mouth and 0 at its corners.</summary>
    public static float[] Offsets(PuppetTexture texture, LocalAxes axes, float halfMouth, IReadOnlyList<float> xs, IReadOnlyList<float> meshYs)
    {
        float[] darkest = new float[xs.Count];
        for (int i = 0; i < xs.Count; i++)
        {
            float across = MathF.Abs(xs[i]) / halfMouth;
            if (across < 1)
                darkest[i] = Darkest(texture, axes, halfMouth, xs[i], meshYs[i]) * (float)(1 - SmoothStep.Between(0.75, 1, across));
        }

        return Smoothed(darkest, xs, Smoothing * halfMouth);
    }

    private static float Darkest(PuppetTexture texture, LocalAxes axes, float halfMouth, float x, float meshY)
    {
        (float best, float at) = (float.MaxValue, 0);
        for (int step = -Steps; step <= Steps; step++)
        {
            float share = step / (float)Steps;
            Vector2 place = axes.ToPicture(new Vector2(x, meshY + (share * Reach * halfMouth)));
            float cost = texture.Read(place.X, place.Y).Luma + (Trust * share * share);
            if (cost < best)
                (best, at) = (cost, share * Reach * halfMouth);
        }

        return at;
    }

    private static float[] Smoothed(float[] values, IReadOnlyList<float> xs, float width)
    {
        float spacing = xs[1] - xs[0];
        int radius = (int)MathF.Ceiling(2 * width / spacing);
        float[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => MathF.Exp(-MathF.Pow(i * spacing / width, 2)))];
        float total = weights.Sum();
        float[] smooth = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int k = -radius; k <= radius; k++)
                smooth[i] += weights[k + radius] / total * values[Math.Clamp(i + k, 0, values.Length - 1)];
        }

        return smooth;
    }
}
