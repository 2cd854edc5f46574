using System.Globalization;
using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Farm.State;

/// <summary>Says before the work starts that a disk is too small for it.</summary>
internal static class DiskSpace
{
    /// <summary>Kept free besides what the render itself needs.</summary>
    private const long ReserveBytes = 64L << 20;

    /// <summary>About how large the finished video is; generous, since portraits with busy backgrounds cost more.</summary>
    public static long VideoBytes(VideoEncoding encoding, long frameCount, TimeSpan duration)
    {
        double pixels = (double)encoding.SizePixels * encoding.SizePixels;
        double bytesPerFrame = encoding.Codec switch
        {
            // Six steps of the rate factor halve the size.
            VideoCodec.H264 => pixels * 0.04 * Math.Pow(2, (18 - encoding.Crf) / 6.0),
            VideoCodec.Ffv1 => pixels * 1.6,
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding.Codec, null),
        };
        const double AudioBytesPerSecond = 24_000;
        return (long)((bytesPerFrame * frameCount) + (AudioBytesPerSecond * duration.TotalSeconds));
    }

    /// <summary>About how much the state of the render takes at its largest: 16 kHz float sound, chunks, borders and the joined video.</summary>
    public static long StateBytes(VideoEncoding encoding, long frameCount, TimeSpan duration, int segments)
    {
        const double PcmBytesPerSecond = 16_000 * sizeof(float);
        long rawFrame = 3L * encoding.SizePixels * encoding.SizePixels;
        const int FramesKeptPerBorder = 16; // both neighbours' renderings of eight frames
        return (2 * VideoBytes(encoding, frameCount, duration)) + (long)(PcmBytesPerSecond * duration.TotalSeconds)
            + (rawFrame * FramesKeptPerBorder * Math.Max(0, segments - 1));
    }

    /// <exception cref="PermanentException">Less is free than needed.</exception>
    public static void Require(string folder, long bytes)
    {
        long free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes + ReserveBytes)
            throw new PermanentException($"The disk of '{folder}' is too full: this render needs about {Text(bytes + ReserveBytes)} there and {Text(free)} are free.");
    }

    /// <summary>A size as people read it, for example <c>1.4 GB</c>.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
