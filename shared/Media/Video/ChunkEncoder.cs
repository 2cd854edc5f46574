using System.Threading.Channels;
using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Imaging;

namespace RenderFarm.Media;

/// <summary>
/// Encodes frames to one chunk as they come. A few frames wait in line while the encoder works; when the line is full the caller waits.
/// The file appears under its name only when <see cref="FinishAsync"/> returns; disposing before that kills the encoder and removes
/// what it wrote. One caller at a time.
/// </summary>
public sealed class ChunkEncoder : IAsyncDisposable
{
    /// <summary>Enough that neither side waits for the other at every frame.</summary>
    private const int FramesInLine = 4;

    private readonly MediaProcess encoder;
    private readonly VideoEncoding encoding;
    private readonly string outputPath;
    // The buffers circulate between the two, so the number of buffers is what holds the caller back.
    private readonly Channel<byte[]> line = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> empties = Channel.CreateUnbounded<byte[]>();
    private readonly Task feeding;
    private long frameCount;
    private bool finished;

    private ChunkEncoder(MediaProcess encoder, VideoEncoding encoding, string outputPath)
    {
        this.encoder = encoder;
        this.encoding = encoding;
        this.outputPath = outputPath;
        for (int i = 0; i < FramesInLine; i++)
            empties.Writer.TryWrite(new byte[InputBytes]);
        feeding = FeedAsync();
    }

    private int FrameBytes => encoding.SizePixels * encoding.SizePixels * 3;

    private int InputBytes => encoding.Codec == VideoCodec.H264 ? Bt709Yuv420.ByteCount(encoding.SizePixels, encoding.SizePixels) : FrameBytes;

    private string PartialPath => outputPath + ".partial";

    /// <param name="outputPath">Where the chunk goes; <see cref="ChunkArguments.Extension"/> gives the usual ending.</param>
    /// <exception cref="PermanentException">ffmpeg is not installed.</exception>
    public static ChunkEncoder Start(MediaTools tools, VideoEncoding encoding, string outputPath)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(encoding);
        string absolute = Path.GetFullPath(outputPath);
        MediaProcess encoder = MediaProcess.Start(
            tools.Ffmpeg, ChunkArguments.Encode(encoding, absolute + ".partial"), Path.GetDirectoryName(absolute));
        return new ChunkEncoder(encoder, encoding, absolute);
    }

    /// <summary>Takes one frame, H×W×3 bytes sRGB, top row first; the buffer may be used again on return.</summary>
    /// <exception cref="PermanentException">The disk is full or cannot be written.</exception>
    /// <exception cref="TransientException">The encoder was killed.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> rgbHWC, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbHWC.Length, FrameBytes);
        byte[] frame = await TakeEmptyAsync(cancellationToken);
        if (encoding.Codec == VideoCodec.H264)
            Bt709Yuv420.Convert(rgbHWC.Span, encoding.SizePixels, encoding.SizePixels, frame);
        else
            rgbHWC.CopyTo(frame);
        await line.Writer.WriteAsync(frame, cancellationToken); // never waits
        frameCount++;
    }

    /// <summary>Ends the chunk, checks that it holds every frame, and gives it its name.</summary>
    /// <returns>Frames in the chunk.</returns>
    public async Task<long> FinishAsync(CancellationToken cancellationToken)
    {
        if (frameCount == 0)
            throw new InvalidOperationException("A chunk holds at least one frame.");
        line.Writer.TryComplete();
        await feeding.WaitAsync(cancellationToken);
        encoder.CloseInput();
        byte[] progress = new byte[4096];
        int count = await encoder.ReadAtLeastAsync(progress, progress.Length, cancellationToken);
        await encoder.CompleteAsync(cancellationToken);
        long? encoded = FrameProgress.FinalFrameCount(progress.AsSpan(0, count));
        if (encoded != frameCount)
            throw new TransientException($"The encoder took {frameCount} frames and wrote {encoded?.ToString() ?? "none"}.");
        File.Move(PartialPath, outputPath, overwrite: true);
        finished = true;
        return frameCount;
    }

    public async ValueTask DisposeAsync()
    {
        line.Writer.TryComplete();
        await encoder.KillAsync();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await encoder.DisposeAsync();
        if (!finished)
            File.Delete(PartialPath);
    }

    private async Task<byte[]> TakeEmptyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await empties.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            await feeding; // throws why
            throw;
        }
    }

    private async Task FeedAsync()
    {
        try
        {
            await foreach (byte[] frame in line.Reader.ReadAllAsync())
            {
                await encoder.WriteAsync(frame, CancellationToken.None);
                empties.Writer.TryWrite(frame);
            }
        }
        finally
        {
            // Whoever waits for room learns that none will come.
            empties.Writer.TryComplete();
        }
    }
}
