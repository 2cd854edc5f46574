namespace RenderFarm.OnnxGraph;

/// <summary>Passes writes on and insists on a total length: one byte more or less would shift everything behind it.</summary>
internal sealed class ExactLengthStream(Stream inner, long expectedBytes) : Stream
{
    private long written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > expectedBytes - written)
            throw new InvalidDataException($"A tensor of {expectedBytes} bytes got at least {written + buffer.Length}.");
        inner.Write(buffer);
        written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public void ThrowIfShort()
    {
        if (written != expectedBytes)
            throw new InvalidDataException($"A tensor of {expectedBytes} bytes got only {written}.");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
