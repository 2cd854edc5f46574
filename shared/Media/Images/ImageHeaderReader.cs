using System.Buffers.Binary;

namespace RenderFarm.Media;

/// <summary>Reads size and orientation of a picture file without decoding it; memory and time are bounded whatever the file says.</summary>
/// <remarks>
/// PNG: W3C PNG third edition §5, §11 (eXIf §11.3.3.5). JPEG: ITU-T T.81 annex B, Exif in APP1. WebP: RFC 9649.
/// The other formats keep their size in other places; ffmpeg reads those, under its own pixel limit.
/// </remarks>
public static class ImageHeaderReader
{
    /// <summary>Exif is at most 64 KiB in a JPEG; no other format gets more.</summary>
    private const int MaxExifBytes = 65536;

    /// <summary>A file of millions of tiny chunks must not keep us reading.</summary>
    private const int MaxChunks = 4096;

    /// <returns>Null when this is no known kind of picture, or one that ends before its size.</returns>
    public static ImageHeader? Read(Stream file)
    {
        byte[] first = new byte[ImageSignature.Length];
        int count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> seen = first.AsSpan(0, count);
        try
        {
            return ImageSignature.Recognise(seen) switch
            {
                ImageFormat.Png => ReadPng(file),
                ImageFormat.Jpeg => ReadJpeg(file),
                ImageFormat.Webp => ReadWebp(file),
                ImageFormat.Gif => Sized(ImageFormat.Gif, BinaryPrimitives.ReadUInt16LittleEndian(seen[6..]), BinaryPrimitives.ReadUInt16LittleEndian(seen[8..])),
                ImageFormat.Bmp when seen[14] != 12 =>
                    Sized(ImageFormat.Bmp, Positive(BinaryPrimitives.ReadInt32LittleEndian(seen[18..])), Positive(BinaryPrimitives.ReadInt32LittleEndian(seen[22..]))),
                ImageFormat.Tiff => new ImageHeader { Format = ImageFormat.Tiff, Orientation = ReadTiffOrientation(file) },
                { } other => new ImageHeader { Format = other },
                null => null,
            };
        }
        catch (Exception cut) when (cut is EndOfStreamException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static ImageHeader Sized(ImageFormat format, int width, int height) => new() { Format = format, WidthPixels = width, HeightPixels = height };

    // A negative height of a BMP means top row first.
    private static int Positive(int value) => value == int.MinValue ? int.MaxValue : Math.Abs(value);

    private static ImageHeader? ReadPng(Stream file)
    {
        const int SignatureBytes = 8;
        Span<byte> head = stackalloc byte[8];
        Span<byte> size = stackalloc byte[8];
        file.Position = SignatureBytes;
        file.ReadExactly(head);
        if (!head[4..].SequenceEqual("IHDR"u8))
            return null;
        file.ReadExactly(size);
        ImageHeader header = Sized(
            ImageFormat.Png,
            Clamped(BinaryPrimitives.ReadUInt32BigEndian(size)),
            Clamped(BinaryPrimitives.ReadUInt32BigEndian(size[4..])));
        long next = SignatureBytes + 8 + 13 + 4;
        for (int i = 0; i < MaxChunks && TryReadAt(file, next, head); i++)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (head[4..].SequenceEqual("IEND"u8))
                break;
            if (head[4..].SequenceEqual("eXIf"u8))
                return header with { Orientation = ReadExif(file, length) };
            next += 8L + length + 4;
        }

        return header;
    }

    private static ImageHeader? ReadJpeg(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        int orientation = 1;
        long next = 2;
        for (int i = 0; i < MaxChunks && TryReadAt(file, next, head); i++)
        {
            if (head[0] != 0xFF)
                return null;
            if (head[1] is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                next += head[1] == 0xFF ? 1 : 2; // fill byte, or a marker without a body
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            if (head[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                file.ReadExactly(frame);
                return Sized(ImageFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]))
                    with { Orientation = orientation };
            }

            if (head[1] == 0xE1 && orientation == 1 && length > 2)
                orientation = ReadExif(file, (uint)length - 2);
            next += 2L + length;
        }

        return null;
    }

    private static ImageHeader? ReadWebp(Stream file)
    {
        const int RiffBytes = 12;
        Span<byte> head = stackalloc byte[8];
        Span<byte> body = stackalloc byte[16];
        ImageHeader? header = null;
        long next = RiffBytes;
        for (int i = 0; i < MaxChunks && TryReadAt(file, next, head); i++)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            ReadOnlySpan<byte> name = head[..4];
            if (name.SequenceEqual("VP8X"u8))
            {
                file.ReadExactly(body[..10]);
                header = Sized(ImageFormat.Webp, 1 + UInt24(body[4..]), 1 + UInt24(body[7..]));
            }
            else if (name.SequenceEqual("VP8 "u8) && header is null)
            {
                file.ReadExactly(body[..10]);
                return Sized(ImageFormat.Webp, BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
            }
            else if (name.SequenceEqual("VP8L"u8) && header is null)
            {
                file.ReadExactly(body[..5]);
                uint bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
                return Sized(ImageFormat.Webp, 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
            }
            else if (name.SequenceEqual("ANMF"u8) && header is { FirstFrame: null } && length > 16)
            {
                file.ReadExactly(body);
                header = header with
                {
                    FirstFrame = new WebpFrame(
                        2 * UInt24(body), 2 * UInt24(body[3..]), 1 + UInt24(body[6..]), 1 + UInt24(body[9..]), next + 8 + 16, length - 16),
                };
            }
            else if (name.SequenceEqual("EXIF"u8) && header is not null)
            {
                return header with { Orientation = ReadExif(file, length) };
            }

            next += 8L + length + (length & 1);
        }

        return header;
    }

    private static int ReadTiffOrientation(Stream file)
    {
        // Writers put the directory before or behind the pixels; both places are read, no more.
        Span<byte> head = stackalloc byte[8];
        file.Position = 0;
        file.ReadExactly(head);
        bool little = head[0] == 'I';
        long directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) : BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        byte[] entries = new byte[8 + 2 + (12 * 512)];
        head.CopyTo(entries);
        // The directory is moved to just behind the header, where ExifOrientation looks for it.
        Span<byte> moved = entries.AsSpan(4, 4);
        if (little)
            BinaryPrimitives.WriteUInt32LittleEndian(moved, 8);
        else
            BinaryPrimitives.WriteUInt32BigEndian(moved, 8);
        file.Position = directory;
        int count = file.ReadAtLeast(entries.AsSpan(8), entries.Length - 8, throwOnEndOfStream: false);
        return ExifOrientation.Read(entries.AsSpan(0, 8 + count));
    }

    private static int ReadExif(Stream file, uint length)
    {
        byte[] exif = new byte[Math.Min(length, MaxExifBytes)];
        int count = file.ReadAtLeast(exif, exif.Length, throwOnEndOfStream: false);
        return ExifOrientation.Read(exif.AsSpan(0, count));
    }

    private static bool TryReadAt(Stream file, long position, Span<byte> into)
    {
        if (position > file.Length - into.Length)
            return false;
        file.Position = position;
        file.ReadExactly(into);
        return true;
    }

    private static int UInt24(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);

    private static int Clamped(uint value) => (int)Math.Min(value, int.MaxValue);
}
