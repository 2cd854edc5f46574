using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>Joins chunks and sound to the finished video without re-encoding, and marks it as made by an algorithm.</summary>
public sealed class VideoJoiner(MediaTools tools)
{
    /// <summary>The file appears under its name only when it is complete.</summary>
    /// <exception cref="PermanentException">The disk is full or cannot be written.</exception>
    /// <exception cref="TransientException">The chunks do not hold the frames they should.</exception>
    public async Task JoinAsync(VideoJoin join, CancellationToken cancellationToken)
    {
        string output = Path.GetFullPath(join.OutputPath);
        string partial = output + ".partial";
        try
        {
            await RunAsync(join, partial, cancellationToken);
            if (JoinArguments.Container(join) != "matroska")
                AppendXmp(join, partial);
            File.Move(partial, output, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task RunAsync(VideoJoin join, string partial, CancellationToken cancellationToken)
    {
        await using MediaProcess joiner = MediaProcess.Start(tools.Ffmpeg, JoinArguments.Join(join, partial), Path.GetDirectoryName(partial));
        await joiner.WriteAsync(JoinArguments.ChunkList(join.ChunkPaths), cancellationToken);
        joiner.CloseInput();
        byte[] progress = new byte[4096];
        int count = await joiner.ReadAtLeastAsync(progress, progress.Length, cancellationToken);
        await joiner.CompleteAsync(cancellationToken);
        long? frames = FrameProgress.FinalFrameCount(progress.AsSpan(0, count));
        if (frames != join.FrameCount)
            throw new TransientException($"The chunks hold {frames?.ToString() ?? "no"} frames instead of {join.FrameCount}.");
    }

    private static void AppendXmp(VideoJoin join, string partial)
    {
        using FileStream file = new(partial, FileMode.Open, FileAccess.ReadWrite);
        try
        {
            Mp4Boxes.AppendXmp(file, XmpPacket.Write(join.Labels));
            file.Flush(flushToDisk: true);
        }
        catch (IOException full)
        {
            throw new PermanentException(ToolFailure.FullSentence(Path.GetDirectoryName(partial)!), full);
        }
    }
}
