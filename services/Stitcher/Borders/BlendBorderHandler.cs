using System.Buffers;
using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Storage;

namespace RenderFarm.Stitcher.Borders;

/// <summary>
/// Answers <see cref="BlendBorder"/>: one chunk out of the two renderings of a border. Done again when delivered again: it is short,
/// and the differences have to be told a second time too.
/// </summary>
internal sealed class BlendBorderHandler(StitchWork stitching, IObjectStore store, MediaTools tools) : IMessageHandler<BlendBorder>
{
    public Task HandleAsync(BlendBorder message, CancellationToken cancellationToken) =>
        stitching.RunAsync(
            new(message.JobId, StitchTask.BlendBorder, message.BorderIndex, message.Attempt),
            message.OutputKey,
            (folder, token) => BlendAsync(message, folder, token),
            cancellationToken);

    private async Task<BorderBlended> BlendAsync(BlendBorder message, ScratchFolder folder, CancellationToken cancellationToken)
    {
        string chunkPath = folder.File("border");
        FrameDifference difference = await EncodeAsync(message, chunkPath, cancellationToken);
        await store.PutFileAsync(message.OutputKey, chunkPath, cancellationToken);
        return new BorderBlended
        {
            JobId = message.JobId,
            BorderIndex = message.BorderIndex,
            Attempt = message.Attempt,
            OutputKey = message.OutputKey,
            MaxDifference = difference.Max,
            MeanDifference = (double)difference.Sum / (message.Frames.Count * FrameBytes(message)),
        };
    }

    private async Task<FrameDifference> EncodeAsync(BlendBorder message, string chunkPath, CancellationToken cancellationToken)
    {
        int frameBytes = FrameBytes(message);
        await using Stream left = await OpenAsync(message.LeftKey, message, cancellationToken);
        await using Stream right = await OpenAsync(message.RightKey, message, cancellationToken);
        await using ChunkEncoder encoder = ChunkEncoder.Start(tools, message.Encoding, chunkPath);
        byte[] leftFrame = ArrayPool<byte>.Shared.Rent(frameBytes);
        byte[] rightFrame = ArrayPool<byte>.Shared.Rent(frameBytes);
        try
        {
            FrameDifference total = default;
            for (int i = 0; i < message.Frames.Count; i++)
            {
                await left.ReadExactlyAsync(leftFrame.AsMemory(0, frameBytes), cancellationToken);
                await right.ReadExactlyAsync(rightFrame.AsMemory(0, frameBytes), cancellationToken);
                total = total.And(CrossFade.Blend(i, (int)message.Frames.Count, leftFrame.AsSpan(0, frameBytes), rightFrame.AsSpan(0, frameBytes)));
                await encoder.WriteAsync(leftFrame.AsMemory(0, frameBytes), cancellationToken);
            }

            await encoder.FinishAsync(cancellationToken);
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(leftFrame);
            ArrayPool<byte>.Shared.Return(rightFrame);
        }
    }

    private async Task<Stream> OpenAsync(string key, BlendBorder message, CancellationToken cancellationToken)
    {
        ObjectInfo info = await store.StatAsync(key, cancellationToken) ?? throw new ObjectNotFoundException(key);
        long expected = message.Frames.Count * FrameBytes(message);
        if (info.SizeBytes != expected)
            throw new InvalidDataException($"The border '{key}' has {info.SizeBytes} bytes instead of {expected}.");
        return await store.OpenReadAsync(key, cancellationToken);
    }

    private static int FrameBytes(BlendBorder message) => checked(message.Encoding.SizePixels * message.Encoding.SizePixels * 3);
}
