namespace RenderFarm.Media;

/// <summary>
/// Cuts the padding off the end of a sound: AAC comes in frames of 1024 or 2048 samples, an MP4 says where within the last one the
/// sound ends, and ffmpeg 5 decodes that frame whole. A claim that is wrong by more than a frame is no claim, and nothing is cut.
/// </summary>
/// <param name="claimedBytes">Where the container says the sound ends; null when it does not say.</param>
/// <param name="slackBytes">Longest padding.</param>
/// <param name="take">Receives what is kept.</param>
internal sealed class ClaimedEnd(long? claimedBytes, int slackBytes, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take)
{
    private readonly List<byte> held = [];
    private long? endBytes = claimedBytes;

    /// <summary>Bytes that were passed on.</summary>
    public long PassedBytes { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        int within = endBytes is { } end ? (int)Math.Clamp(end - PassedBytes, 0, block.Length) : block.Length;
        await PassAsync(block[..within], cancellationToken);
        if (within == block.Length)
            return;
        held.AddRange(block.Span[within..]);
        if (held.Count <= slackBytes)
            return;
        endBytes = null;
        await PassAsync(held.ToArray(), cancellationToken);
        held.Clear();
    }

    private async ValueTask PassAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        if (block.IsEmpty)
            return;
        await take(block, cancellationToken);
        PassedBytes += block.Length;
    }
}
