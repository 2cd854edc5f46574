namespace RenderFarm.Worker.Segments;

/// <summary>Takes the frames of a segment, each once and in order.</summary>
internal interface IFrameSink
{
    /// <param name="frame">Absolute number.</param>
    /// <param name="rgb">Size × size × 3 bytes, valid until the call has ended.</param>
    ValueTask WriteAsync(long frame, ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken);
}
