using System.IO.MemoryMappedFiles;
using RenderFarm.Failures;

namespace RenderFarm.Checkpoints;

/// <summary>A file mapped read-only; the system pages it in and out, so a file of many gigabytes costs no memory of its own.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private MappedFile(string path, long length)
    {
        Path = path;
        Length = length;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    public string Path { get; }

    public long Length { get; }

    /// <exception cref="PermanentException">The file is missing, empty or unreadable.</exception>
    public static MappedFile Open(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length > 0 ? new MappedFile(path, length) : throw new PermanentException($"The checkpoint '{path}' is empty.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PermanentException($"There is no checkpoint '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The checkpoint '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A part of the file. The caller has checked the bounds against <see cref="Length"/>; this checks them again.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (offset < 0 || count < 0 || offset > Length - count)
            throw new PermanentException($"The checkpoint '{Path}' is damaged: it refers to bytes past its end.");
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
