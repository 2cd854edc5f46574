using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Packs;

/// <summary>
/// The 16 kHz track of a job in the object store (32-bit float little-endian, no header), read block by block with ranged reads.
/// Keeps the blocks used last, so memory stays at a few megabytes for any length of lecture. Safe for many callers.
/// </summary>
public sealed class StorePcmTrack : IPcmTrack, IDisposable
{
    /// <summary>About four seconds: few enough requests for a sweep over an hour, little enough waste for a single read.</summary>
    internal const int BlockSamples = 1 << 16;

    /// <summary>A minute of audio, 4 MiB: a window of any model here and its neighbours.</summary>
    internal const int CachedBlocks = 16;

    private readonly IObjectStore store;
    private readonly string key;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly List<Block> recent = new(CachedBlocks); // the block used last comes last

    /// <param name="sampleCount">Length of the track; the object must hold at least so many samples.</param>
    public StorePcmTrack(IObjectStore store, string key, long sampleCount)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
        this.store = store;
        this.key = key;
        SampleCount = sampleCount;
    }

    public long SampleCount { get; }

    public async ValueTask ReadAsync(long firstSample, Memory<float> samples, CancellationToken cancellationToken)
    {
        long from = Math.Clamp(firstSample, 0, SampleCount);
        long to = Math.Clamp(firstSample + samples.Length, from, SampleCount);
        int lead = (int)Math.Min(from - firstSample, samples.Length);
        samples.Span[..Math.Max(lead, 0)].Clear();
        if (to == from)
        {
            samples.Span.Clear();
            return;
        }

        samples.Span[(int)(to - firstSample)..].Clear();
        await gate.WaitAsync(cancellationToken);
        try
        {
            for (long position = from; position < to;)
            {
                Block block = await BlockAsync(position / BlockSamples, cancellationToken);
                int offset = (int)(position % BlockSamples);
                int count = (int)Math.Min(to - position, BlockSamples - offset);
                block.Samples.AsSpan(offset, count).CopyTo(samples.Span[(int)(position - firstSample)..]);
                position += count;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async ValueTask<Block> BlockAsync(long index, CancellationToken cancellationToken)
    {
        int found = recent.FindLastIndex(block => block.Index == index);
        if (found >= 0)
        {
            Block known = recent[found];
            recent.RemoveAt(found);
            recent.Add(known);
            return known;
        }

        // The buffer of the block that falls out is used again. It leaves the list first: a read that fails half way spoils it.
        float[] buffer;
        if (recent.Count == CachedBlocks)
        {
            buffer = recent[0].Samples;
            recent.RemoveAt(0);
        }
        else
        {
            buffer = new float[Math.Min(BlockSamples, SampleCount)];
        }

        int count = (int)Math.Min(BlockSamples, SampleCount - (index * BlockSamples));
        await FetchAsync(index * BlockSamples, buffer.AsMemory(0, count), cancellationToken);
        Block fetched = new(index, buffer);
        recent.Add(fetched);
        return fetched;
    }

    private async Task FetchAsync(long firstSample, Memory<float> samples, CancellationToken cancellationToken)
    {
        int byteCount = samples.Length * sizeof(float);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(byteCount);
        try
        {
            await using Stream stream = await store.OpenReadAsync(key, firstSample * sizeof(float), byteCount, cancellationToken);
            int read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, byteCount), byteCount, throwOnEndOfStream: false, cancellationToken);
            if (read < byteCount)
                throw new TransientException($"The audio track '{key}' ends at byte {(firstSample * sizeof(float)) + read}, but {SampleCount} samples were expected.");
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, byteCount)).CopyTo(samples.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<float, int>(samples.Span);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private sealed record Block(long Index, float[] Samples);
}
