using System.Globalization;
using RenderFarm.Diffusion;
using RenderFarm.Failures;

namespace RenderFarm.Worker.Segments;

/// <summary>
/// Looks at the frames of a segment on their way to the encoder: a black frame, or one picture for a whole segment although the latents
/// moved, means that the decoder is broken.
/// </summary>
internal sealed class FrameCheck(DenoisedFrames latents, int frameBytes)
{
    /// <summary>Darker than any channel of a dark room in 8 bits, brighter than the rounding of a decoder that yields nothing.</summary>
    private const byte Black = 4;

    /// <summary>A still second can happen in a short piece; a still segment cannot.</summary>
    private const int FewestFramesToJudge = 24;

    /// <summary>Latents are of the order of 1; less than this may well be invisible.</summary>
    private const float Movement = 0.05f;

    private readonly byte[] firstRgb = new byte[frameBytes];
    private long count;
    private bool pictureMoved;
    private bool latentMoved;

    public int FrameBytes => frameBytes;

    /// <summary>Takes the next frame.</summary>
    /// <exception cref="PermanentException">The frame is black.</exception>
    public void Accept(long frame, ReadOnlySpan<byte> rgb)
    {
        if (!rgb.ContainsAnyExceptInRange((byte)0, Black))
            throw new PermanentException(string.Create(CultureInfo.InvariantCulture, $"The model produced a black picture at frame {frame}."));
        if (count++ == 0)
        {
            rgb.CopyTo(firstRgb);
            return;
        }

        pictureMoved = pictureMoved || !rgb.SequenceEqual(firstRgb);
        latentMoved = latentMoved || MovedFrom(latents[latents.Frames.First], latents[frame]);
    }

    /// <exception cref="PermanentException">All frames are the same picture, which they should not be.</exception>
    public void Finish()
    {
        if (count >= FewestFramesToJudge && latentMoved && !pictureMoved)
            throw new PermanentException(string.Create(CultureInfo.InvariantCulture, $"The model produced one and the same picture for {count} frames."));
    }

    private static bool MovedFrom(ReadOnlySpan<float> first, ReadOnlySpan<float> latentL)
    {
        for (int i = 0; i < first.Length; i++)
        {
            if (MathF.Abs(latentL[i] - first[i]) > Movement)
                return true;
        }

        return false;
    }
}
