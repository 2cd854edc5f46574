using System.Globalization;
using RenderFarm.Failures;
using RenderFarm.Imaging;

namespace RenderFarm.Media;

/// <summary>
/// Decodes a portrait: upright by its Exif orientation, 8 bits a channel, transparency over white, the first frame of an animation.
/// Colour profiles are ignored: the numbers are taken as sRGB.
/// </summary>
/// <remarks>
/// The kind is told from the bytes, ffmpeg is told that kind and gets the bytes through a pipe: it never sees a file name and may
/// open nothing. Size is judged from the header before decoding, again by ffmpeg's own limit, and again from what comes out.
/// </remarks>
public sealed class ImageDecoder(MediaTools tools)
{
    public const int SmallestSidePixels = 64;
    public const int LargestSidePixels = 8192;

    /// <summary>8192 × 8192 uncompressed pixels of 16 bits and alpha, and some.</summary>
    private const long LargestFileBytes = 600L << 20;

    /// <summary>The slowest honest picture takes seconds.</summary>
    private static readonly TimeSpan LongestDecode = TimeSpan.FromMinutes(2);

    /// <summary>Arguments that decode one picture of a known kind from stdin to PAM with alpha on stdout.</summary>
    /// <param name="fileBytes">Length of the file; formats that do not say where they end are read as one piece.</param>
    public static IReadOnlyList<string> Decode(ImageFormat format, long fileBytes) =>
    [
        .. InputArguments.Quiet, "-protocol_whitelist", "pipe", "-threads", "1", "-f", Demuxer(format),
        .. format is ImageFormat.Tiff or ImageFormat.JpegXl or ImageFormat.Psd
            ? (string[])["-frame_size", fileBytes.ToString(CultureInfo.InvariantCulture)]
            : [],
        "-max_pixels", ((long)LargestSidePixels * LargestSidePixels).ToString(CultureInfo.InvariantCulture),
        // Half a JPEG would be decoded with a grey rest; the other decoders refuse it by themselves.
        .. format == ImageFormat.Jpeg ? (string[])["-err_detect", "explode"] : [],
        "-noautorotate", "-i", "pipe:0", "-map", "0:v:0", "-frames:v", "1",
        "-sws_flags", "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact",
        "-pix_fmt", "rgba", "-c:v", "pam", "-f", "image2pipe", "pipe:1",
    ];

    /// <exception cref="PermanentException">There is no usable picture; the message says what to do.</exception>
    public async Task<RgbImage> DecodeAsync(string path, CancellationToken cancellationToken)
    {
        string file = UserFile.Require(path, "portrait");
        await using FileStream bytes = File.OpenRead(file);
        if (bytes.Length > LargestFileBytes)
            throw ImageSentences.TooLarge(path);
        ImageHeader header = ImageHeaderReader.Read(bytes) ?? throw ImageSentences.NotAPicture(path);
        if (header.Format == ImageFormat.Heic)
            throw ImageSentences.Heic(path);
        if (header.WidthPixels > 0)
            RequireSize(path, header.WidthPixels, header.HeightPixels);
        RgbImage stored = await DecodeWithinTimeAsync(path, bytes, header, cancellationToken);
        return Orientation.Upright(OnCanvas(stored, header, path), header.Orientation);
    }

    private static string Demuxer(ImageFormat format) => format switch
    {
        ImageFormat.Png => "png_pipe",
        ImageFormat.Jpeg => "jpeg_pipe",
        ImageFormat.Webp => "webp_pipe",
        ImageFormat.Gif => "gif",
        ImageFormat.Bmp => "bmp_pipe",
        ImageFormat.Tiff => "tiff_pipe",
        ImageFormat.Jpeg2000 => "j2k_pipe",
        ImageFormat.JpegXl => "jpegxl_pipe",
        ImageFormat.Avif => "mov",
        ImageFormat.Qoi => "qoi_pipe",
        ImageFormat.Pnm => "ppm_pipe",
        ImageFormat.Psd => "psd_pipe",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No decoder for this kind."),
    };

    private static void RequireSize(string path, int width, int height)
    {
        if (width > LargestSidePixels || height > LargestSidePixels)
            throw ImageSentences.TooLarge(path, width, height);
        if (width < SmallestSidePixels || height < SmallestSidePixels)
            throw ImageSentences.TooSmall(path, width, height);
    }

    private async Task<RgbImage> DecodeWithinTimeAsync(string path, FileStream bytes, ImageHeader header, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestDecode);
        try
        {
            await using MediaProcess decoder = MediaProcess.StartCapped(tools.Ffmpeg, Decode(header.Format, bytes.Length));
            return await DecodeAsync(path, decoder, bytes, header, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw ImageSentences.TooSlow(path, late);
        }
        catch (TransientException refused) when (ToolFailure.IsOutOfMemory(refused))
        {
            throw ImageSentences.TooLarge(path, refused);
        }
        catch (MediaToolException refused)
        {
            throw refused.ErrorTail.Contains("max pixel count", StringComparison.Ordinal)
                ? ImageSentences.TooLarge(path, refused)
                : ImageSentences.Broken(path, refused);
        }
    }

    private static async Task<RgbImage> DecodeAsync(
        string path, MediaProcess decoder, FileStream bytes, ImageHeader header, CancellationToken cancellationToken)
    {
        Task feeding = FeedAsync(decoder, bytes, header, cancellationToken);
        RgbImage? image;
        try
        {
            image = await ReadPamAsync(path, decoder, header, cancellationToken);
        }
        catch
        {
            // Unread output would keep the decoder, and so the feeding, waiting for ever.
            await decoder.KillAsync();
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await feeding;
        await decoder.CompleteAsync(cancellationToken);
        return image ?? throw new MediaToolException("ffmpeg", 0, decoder.ErrorText);
    }

    private static async Task FeedAsync(MediaProcess decoder, FileStream bytes, ImageHeader header, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 16];
        long left = bytes.Length;
        bytes.Position = 0;
        if (header.FirstFrame is { } frame)
        {
            await decoder.WriteAsync(WebpStill.Prefix(frame), cancellationToken);
            bytes.Position = frame.ChunksOffset;
            left = frame.ChunksLength;
        }

        while (left > 0)
        {
            int count = await bytes.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (count == 0)
                break;
            if (!await decoder.TryWriteAsync(buffer.AsMemory(0, count), cancellationToken))
                return; // One picture is enough: the decoder does not read an animation to its end.
            left -= count;
        }

        decoder.CloseInput();
    }

    private static async Task<RgbImage?> ReadPamAsync(string path, MediaProcess decoder, ImageHeader header, CancellationToken cancellationToken)
    {
        byte[] start = new byte[PamHeader.MaxBytes];
        int filled = await decoder.ReadAtLeastAsync(start, start.Length, cancellationToken);
        if (PamHeader.Parse(start.AsSpan(0, filled)) is not { Channels: 4 } pam)
            return null;
        (int width, int height) = header.FirstFrame is { } frame ? (frame.WidthPixels, frame.HeightPixels) : (header.WidthPixels, header.HeightPixels);
        if (width == 0)
            RequireSize(path, pam.WidthPixels, pam.HeightPixels);
        else if (width != pam.WidthPixels || height != pam.HeightPixels)
            throw ImageSentences.Broken(path);
        return await ReadRowsAsync(decoder, pam, start.AsMemory(pam.HeaderBytes, filled - pam.HeaderBytes), cancellationToken);
    }

    private static async Task<RgbImage?> ReadRowsAsync(MediaProcess decoder, PamHeader pam, ReadOnlyMemory<byte> ahead, CancellationToken cancellationToken)
    {
        byte[] rgb = new byte[pam.WidthPixels * pam.HeightPixels * 3];
        byte[] row = new byte[pam.WidthPixels * 4];
        for (int y = 0; y < pam.HeightPixels; y++)
        {
            int known = Math.Min(ahead.Length, row.Length);
            ahead[..known].CopyTo(row);
            ahead = ahead[known..];
            if (await decoder.ReadAtLeastAsync(row.AsMemory(known), row.Length - known, cancellationToken) < row.Length - known)
                return null;
            OverWhite(row, rgb.AsSpan(y * pam.WidthPixels * 3, pam.WidthPixels * 3));
        }

        return new RgbImage(pam.WidthPixels, pam.HeightPixels, rgb);
    }

    // Not premultiplied: out = α·c + (1 − α)·255, rounded.
    private static void OverWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int x = 0; x < rgb.Length / 3; x++)
        {
            int alpha = rgba[(4 * x) + 3];
            for (int c = 0; c < 3; c++)
                rgb[(3 * x) + c] = (byte)(((alpha * rgba[(4 * x) + c]) + ((255 - alpha) * 255) + 127) / 255);
        }
    }

    // The first frame of an animation may be smaller than its canvas; what it leaves free is white like any transparency.
    private static RgbImage OnCanvas(RgbImage picture, ImageHeader header, string path)
    {
        if (header.FirstFrame is not { } frame || (frame.WidthPixels == header.WidthPixels && frame.HeightPixels == header.HeightPixels))
            return picture;
        if (frame.X + picture.Width > header.WidthPixels || frame.Y + picture.Height > header.HeightPixels)
            throw ImageSentences.Broken(path);
        byte[] canvas = new byte[header.WidthPixels * header.HeightPixels * 3];
        Array.Fill(canvas, (byte)255);
        for (int y = 0; y < picture.Height; y++)
            picture.PixelsHWC.AsSpan(y * picture.Width * 3, picture.Width * 3)
                .CopyTo(canvas.AsSpan((((frame.Y + y) * header.WidthPixels) + frame.X) * 3));
        return new RgbImage(header.WidthPixels, header.HeightPixels, canvas);
    }
}
