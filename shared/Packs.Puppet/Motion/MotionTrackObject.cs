using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>The mean motion of a whole job as one object: 32-bit float little-endian, <see cref="MotionParameter.Count"/> per frame, no header.</summary>
internal static class MotionTrackObject
{
    private const int RowBytes = MotionParameter.Count * sizeof(float);

    /// <summary>Stores the rows as they come; memory holds a few of them.</summary>
    public static async Task WriteAsync(
        IObjectStore store, string key, IAsyncEnumerable<ReadOnlyMemory<float>> rows, CancellationToken cancellationToken)
    {
        using var stopWhenRefused = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe();
        Task put = PutAsync();
        try
        {
            await foreach (ReadOnlyMemory<float> row in rows.WithCancellation(stopWhenRefused.Token))
            {
                Write(row.Span, pipe.Writer.GetSpan(RowBytes));
                pipe.Writer.Advance(RowBytes);
                if (pipe.Writer.UnflushedBytes >= 1 << 14 && (await pipe.Writer.FlushAsync(stopWhenRefused.Token)).IsCompleted)
                    break; // the store gave up; its own failure is the one to tell
            }

            await pipe.Writer.CompleteAsync();
        }
        catch (Exception failure)
        {
            await pipe.Writer.CompleteAsync(failure);
            await put.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        await put;

        async Task PutAsync()
        {
            try
            {
                await store.PutAsync(key, pipe.Reader.AsStream(), cancellationToken);
            }
            finally
            {
                await pipe.Reader.CompleteAsync();
            }
        }
    }

    /// <summary>Reads the rows of a range of frames and nothing else.</summary>
    public static async Task<MotionTrack> ReadAsync(IObjectStore store, string key, FrameRange frames, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[frames.Count * RowBytes];
        await using Stream stream = await store.OpenReadAsync(key, frames.First * RowBytes, bytes.Length, cancellationToken);
        int read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < bytes.Length)
            throw new TransientException($"The motion track '{key}' ends before frame {frames.End}.");
        float[] rows = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<float, int>(rows.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return new MotionTrack(frames, rows);
    }

    private static void Write(ReadOnlySpan<float> row, Span<byte> bytes)
    {
        for (int i = 0; i < row.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], row[i]);
    }
}
