using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>
/// Encodes frames to one chunk as they come. The file appears under its name only when <see cref="FinishAsync"/> returns;
/// disposing before that kills the encoder and removes what it wrote.
/// </summary>
public sealed class ChunkEncoder : IAsyncDisposable
{
    private readonly MediaProcess encoder;
    private readonly string outputPath;
    private readonly int frameBytes;
    private long frameCount;
    private bool finished;

    private ChunkEncoder(MediaProcess encoder, string outputPath, int frameBytes)
    {
        this.encoder = encoder;
        this.outputPath = outputPath;
        this.frameBytes = frameBytes;
    }

    private string PartialPath => outputPath + ".partial";

    /// <param name="outputPath">Where the chunk goes; <see cref="ChunkArguments.Extension"/> gives the usual ending.</param>
    /// <exception cref="PermanentException">ffmpeg is not installed.</exception>
    public static ChunkEncoder Start(MediaTools tools, VideoEncoding encoding, string outputPath)
    {
        string absolute = Path.GetFullPath(outputPath);
        MediaProcess encoder = MediaProcess.Start(
            tools.Ffmpeg, ChunkArguments.Encode(encoding, absolute + ".partial"), Path.GetDirectoryName(absolute));
        return new ChunkEncoder(encoder, absolute, encoding.SizePixels * encoding.SizePixels * 3);
    }

    /// <summary>Takes one frame, H×W×3 bytes sRGB, top row first; returns when the buffer may be used again.</summary>
    /// <exception cref="PermanentException">The disk is full or cannot be written.</exception>
    /// <exception cref="TransientException">The encoder was killed.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> rgbHWC, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbHWC.Length, frameBytes);
        ObjectDisposedException.ThrowIf(finished, this);
        await encoder.WriteAsync(rgbHWC, cancellationToken);
        frameCount++;
    }

    /// <summary>Ends the chunk, checks that it holds every frame, and gives it its name.</summary>
    /// <returns>Frames in the chunk.</returns>
    public async Task<long> FinishAsync(CancellationToken cancellationToken)
    {
        if (frameCount == 0)
            throw new InvalidOperationException("A chunk holds at least one frame.");
        encoder.CloseInput();
        byte[] progress = new byte[4096];
        int count = await encoder.ReadAtLeastAsync(progress, progress.Length, cancellationToken);
        await encoder.CompleteAsync(cancellationToken);
        if (FrameProgress.FinalFrameCount(progress.AsSpan(0, count)) is var encoded && encoded != frameCount)
            throw new TransientException($"The encoder took {frameCount} frames and wrote {encoded?.ToString() ?? "none"}.");
        File.Move(PartialPath, outputPath, overwrite: true);
        finished = true;
        return frameCount;
    }

    public async ValueTask DisposeAsync()
    {
        await encoder.DisposeAsync();
        if (!finished)
            File.Delete(PartialPath);
    }
}
