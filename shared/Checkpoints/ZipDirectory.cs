using System.Buffers.Binary;
using System.Text;
using RenderFarm.Failures;

namespace RenderFarm.Checkpoints;

/// <summary>
/// Lists the entries of a zip archive with the places of their data, ZIP64 included, so that tensors can be mapped instead of copied.
/// Numbers of sections refer to PKWARE's APPNOTE 6.3.
/// </summary>
internal static class ZipDirectory
{
    private const int MaxEntries = 1_000_000;
    private const int EndRecordBytes = 22;
    private const int LongestCommentBytes = 65535;

    public static IReadOnlyList<ZipEntry> Read(MappedFile file)
    {
        (long count, long offset, long size) = Locate(file);
        if (count > MaxEntries || size is < 0 or > int.MaxValue || offset < 0 || offset > file.Length - size)
            throw Damaged(file);
        ReadOnlySpan<byte> directory = file.Slice(offset, (int)size);
        List<ZipEntry> entries = new((int)Math.Min(count, 10_000));
        for (long i = 0; i < count; i++)
            entries.Add(ReadHeader(file, ref directory));
        return entries;
    }

    /// <summary>4.3.16 end of central directory record, 4.3.15 and 4.3.14 its 64-bit forms.</summary>
    private static (long Count, long Offset, long Size) Locate(MappedFile file)
    {
        int tailBytes = (int)Math.Min(file.Length, EndRecordBytes + LongestCommentBytes);
        ReadOnlySpan<byte> tail = file.Slice(file.Length - tailBytes, tailBytes);
        int at = tail.LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < EndRecordBytes)
            throw Damaged(file);
        ReadOnlySpan<byte> end = tail[at..];
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        long locatorAt = file.Length - tailBytes + at - 20;
        if (locatorAt < 0 || !file.Slice(locatorAt, 4).SequenceEqual("PK\x06\x07"u8))
            return (count, offset, size);
        long end64At = BinaryPrimitives.ReadInt64LittleEndian(file.Slice(locatorAt + 8, 8));
        ReadOnlySpan<byte> end64 = file.Slice(end64At, 56);
        if (!end64.StartsWith("PK\x06\x06"u8))
            throw Damaged(file);
        return (BinaryPrimitives.ReadInt64LittleEndian(end64[32..]), BinaryPrimitives.ReadInt64LittleEndian(end64[48..]), BinaryPrimitives.ReadInt64LittleEndian(end64[40..]));
    }

    /// <summary>4.3.12 central directory header, with 4.5.3 for sizes past 32 bits.</summary>
    private static ZipEntry ReadHeader(MappedFile file, ref ReadOnlySpan<byte> directory)
    {
        if (directory.Length < 46 || !directory.StartsWith("PK\x01\x02"u8))
            throw Damaged(file);
        ushort method = BinaryPrimitives.ReadUInt16LittleEndian(directory[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]);
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
        int commentBytes = BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(directory[42..]);
        if (directory.Length < 46 + nameBytes + extraBytes + commentBytes)
            throw Damaged(file);
        string name = Encoding.UTF8.GetString(directory.Slice(46, nameBytes));
        Widen(directory.Slice(46 + nameBytes, extraBytes), ref length, ref packed, ref header);
        directory = directory[(46 + nameBytes + extraBytes + commentBytes)..];
        if (method != 0 || packed != length)
            throw new PermanentException($"The checkpoint '{file.Path}' is compressed; PyTorch stores its files as they are.");
        return new ZipEntry(name, DataOffset(file, header, length), length);
    }

    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
                return;
            if (id == 1)
            {
                ReadOnlySpan<byte> wide = extra.Slice(4, size);
                WidenOne(ref wide, ref length);
                WidenOne(ref wide, ref packed);
                WidenOne(ref wide, ref header);
            }
            extra = extra[(4 + size)..];
        }
    }

    private static void WidenOne(ref ReadOnlySpan<byte> wide, ref long value)
    {
        if (value != uint.MaxValue || wide.Length < 8)
            return;
        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
    }

    /// <summary>4.3.7 local file header: its own name and extra lengths decide where the data start.</summary>
    private static long DataOffset(MappedFile file, long header, long length)
    {
        ReadOnlySpan<byte> local = file.Slice(header, 30);
        if (!local.StartsWith("PK\x03\x04"u8))
            throw Damaged(file);
        long data = header + 30 + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        return length >= 0 && data <= file.Length - length ? data : throw Damaged(file);
    }

    private static PermanentException Damaged(MappedFile file) =>
        new($"The checkpoint '{file.Path}' is damaged: it is no complete zip archive, download it again.");
}
