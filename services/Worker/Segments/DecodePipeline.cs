using System.Buffers;
using System.Threading.Channels;
using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Packs;

namespace RenderFarm.Worker.Segments;

/// <summary>
/// Decodes latents into frames on one thread while another feeds the frames before to the encoder. A fixed set of buffers goes round
/// between the two, so whoever is faster waits, and a segment of any length needs the same memory.
/// </summary>
internal static class DecodePipeline
{
    private const int FewestBatches = 3;
    private const int FewestFrames = 8;

    /// <param name="latents">Of all frames to be decoded.</param>
    /// <param name="decoded">Told how many frames are decoded so far.</param>
    public static async Task RunAsync(
        ISegmentModel model,
        DenoisedFrames latents,
        int frameBytes,
        IFrameSink sink,
        Action<long> decoded,
        CancellationToken cancellationToken)
    {
        int batchFrames = (int)Math.Min(model.DecodeBatch, latents.Frames.Count);
        int batchCount = Math.Max(FewestBatches, (FewestFrames + batchFrames - 1) / batchFrames);
        byte[][] buffers = [.. Enumerable.Range(0, batchCount).Select(_ => ArrayPool<byte>.Shared.Rent(checked(batchFrames * frameBytes)))];
        Channel<byte[]> empty = Channel.CreateUnbounded<byte[]>();
        Channel<Batch> full = Channel.CreateUnbounded<Batch>(); // bounded by the buffers there are
        foreach (byte[] buffer in buffers)
            empty.Writer.TryWrite(buffer);

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task decoding = Task.Run(() => DecodeAsync(model, latents, frameBytes, batchFrames, empty.Reader, full.Writer, decoded, stop.Token), CancellationToken.None);
        Task writing = WriteAsync(frameBytes, full.Reader, empty.Writer, sink, stop.Token);
        try
        {
            await writing; // fails with the decoder's exception when that is what ended it
        }
        finally
        {
            await stop.CancelAsync();
            await decoding; // tells its failures through the channel, never by throwing
            foreach (byte[] buffer in buffers)
                ArrayPool<byte>.Shared.Return(buffer); // only now nobody writes to them any more
        }
    }

    private static async Task DecodeAsync(
        ISegmentModel model,
        DenoisedFrames latents,
        int frameBytes,
        int batchFrames,
        ChannelReader<byte[]> empty,
        ChannelWriter<Batch> full,
        Action<long> decoded,
        CancellationToken cancellationToken)
    {
        try
        {
            FrameRange all = latents.Frames;
            for (long first = all.First; first < all.End; first += batchFrames)
            {
                FrameRange batch = new(first, Math.Min(first + batchFrames, all.End));
                byte[] buffer = await empty.ReadAsync(cancellationToken);
                Span<byte> rgbFHWC = buffer.AsSpan(0, (int)batch.Count * frameBytes);
                model.Decode(first, latents.Rows(batch), rgbFHWC, cancellationToken);
                full.TryWrite(new Batch(batch, buffer));
                decoded(batch.End - all.First);
            }

            full.Complete();
        }
        catch (Exception e)
        {
            full.Complete(e);
        }
    }

    private static async Task WriteAsync(
        int frameBytes, ChannelReader<Batch> full, ChannelWriter<byte[]> empty, IFrameSink sink, CancellationToken cancellationToken)
    {
        await foreach (Batch batch in full.ReadAllAsync(cancellationToken))
        {
            for (int i = 0; i < batch.Frames.Count; i++)
                await sink.WriteAsync(batch.Frames.First + i, batch.Rgb.AsMemory(i * frameBytes, frameBytes), cancellationToken);
            empty.TryWrite(batch.Rgb);
        }
    }

    private readonly record struct Batch(FrameRange Frames, byte[] Rgb);
}
