using System.Collections.Concurrent;

namespace RenderFarm.Worker.Segments;

/// <summary>
/// How much of a segment's time goes to denoising and how much to decoding, so that one fraction can cover both. Learnt per pack from
/// the segment rendered last: a closed form denoises in no time, a large network decodes in no time.
/// </summary>
internal sealed class StageShares
{
    /// <summary>What is left for storing the results.</summary>
    private const double Rendering = 0.98;

    private const double Unknown = 0.5;

    private readonly ConcurrentDictionary<string, double> denoisingByPack = new(StringComparer.Ordinal);

    public void Learn(string pack, TimeSpan denoise, TimeSpan decode)
    {
        if (denoise + decode > TimeSpan.Zero)
            denoisingByPack[pack] = denoise / (denoise + decode);
    }

    /// <param name="done">Share of the denoising, 0 to 1.</param>
    public double Denoising(string pack, double done) => done * Share(pack) * Rendering;

    /// <param name="done">Share of the decoding, 0 to 1.</param>
    public double Decoding(string pack, double done) => (Share(pack) + (done * (1 - Share(pack)))) * Rendering;

    public static double Uploading => Rendering;

    private double Share(string pack) => denoisingByPack.GetValueOrDefault(pack, Unknown);
}
