namespace RenderFarm.Storage;

/// <summary>Reads the rest of a file or a bounded number of its bytes, and names the folder when the medium fails.</summary>
internal sealed class ObjectReadStream(FileStream file, long count, string folder) : Stream
{
    private readonly long length = Math.Max(0, Math.Min(count, file.Length - file.Position));
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Advance(await file.ReadAsync(buffer[..Allowed(buffer.Length)], cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailure.From(e, folder);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Advance(file.Read(buffer[..Allowed(buffer.Length)]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailure.From(e, folder);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private int Allowed(int wanted) => (int)Math.Min(wanted, length - position);

    private int Advance(int read)
    {
        position += read;
        return read;
    }
}
