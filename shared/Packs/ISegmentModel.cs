using RenderFarm.Diffusion;

namespace RenderFarm.Packs;

/// <summary>A pack opened for one segment: the denoiser and the decoder of its frames.</summary>
public interface ISegmentModel : IDenoiser, IDisposable
{
    /// <summary>Most frames one call of <see cref="Decode"/> takes.</summary>
    int DecodeBatch { get; }

    /// <summary>Turns denoised latents into pictures. A frame's picture depends only on its number and its latent, not on the batch.</summary>
    /// <param name="firstFrame">Absolute number of the first frame.</param>
    /// <param name="latentsFL">Latents of F consecutive frames, F × L.</param>
    /// <param name="rgbFHWC">Receives F × size × size × 3 bytes, sRGB, top row first.</param>
    void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken);
}
