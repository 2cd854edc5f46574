using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Farm.State;

/// <summary>The video the user asked for: checked before anything is rendered, and there only when it is whole.</summary>
internal sealed class OutputFile
{
    private readonly bool replace;

    private OutputFile(string path, bool replace)
    {
        Path = path;
        this.replace = replace;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>FFV1 does not fit into MP4: whatever the name, the file is Matroska.</summary>
    public bool IsMisnamed(VideoCodec codec) => codec == VideoCodec.Ffv1 && !Path.EndsWith(".mkv", StringComparison.OrdinalIgnoreCase);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private string Partial => Path + ".partial";

    /// <exception cref="PermanentException">The file cannot be written, or is there and may not be replaced.</exception>
    public static OutputFile Check(string path, VideoCodec codec, bool replace, params IReadOnlyList<string> inputs)
    {
        string full = System.IO.Path.GetFullPath(path);
        RequireFittingName(full, path, codec);
        RequireFree(full, path, replace);
        if (inputs.Any(input => System.IO.Path.GetFullPath(input) == full))
            throw new PermanentException($"The output '{path}' is also an input: choose another name for the video.");
        OutputFile output = new(full, replace);
        output.RequireWritable();
        return output;
    }

    /// <summary>Writes the video beside its place and moves it there when it is whole; what is written half is removed.</summary>
    public async Task WriteAsync(Func<string, Task> write)
    {
        try
        {
            await write(Partial);
            File.Move(Partial, Path, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException(File.Exists(Path) && !replace
                ? $"The output '{Path}' appeared while the video was rendered: move it away or add --force."
                : $"The video cannot be written to '{Path}': {e.Message}", e);
        }
        finally
        {
            File.Delete(Partial);
        }
    }

    private static void RequireFittingName(string full, string shown, VideoCodec codec)
    {
        string extension = System.IO.Path.GetExtension(full);
        (string[] allowed, string why) = codec switch
        {
            VideoCodec.H264 => (new[] { ".mp4" }, "an H.264 video"),
            // Players and tools look inside, so the usual name does no harm; see IsMisnamed.
            VideoCodec.Ffv1 => ([".mkv", ".mp4"], "an FFV1 video"),
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, null),
        };
        if (!allowed.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new PermanentException($"The output '{shown}' must end in {allowed[0]}: that is the container of {why}.");
    }

    private static void RequireFree(string full, string shown, bool replace)
    {
        if (Directory.Exists(full))
            throw new PermanentException($"The output '{shown}' is a folder: name a file.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
            throw new PermanentException($"The folder of the output '{shown}' does not exist: create it first.");
        FileInfo there = new(full);
        if (there.LinkTarget is null && !there.Exists)
            return;
        if (!replace)
            throw new PermanentException($"The output '{shown}' exists: choose another name or add --force to replace it.");
        if ((there.Attributes & (FileAttributes.Device | FileAttributes.Directory)) != 0)
            throw new PermanentException($"The output '{shown}' is not a file: choose another name.");
    }

    // Trying is the only test that knows about permissions, read-only disks and quotas.
    private void RequireWritable()
    {
        try
        {
            File.Delete(Partial);
            using FileStream probe = new(Partial, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The output '{Path}' cannot be written: {e.Message}", e);
        }
    }
}
