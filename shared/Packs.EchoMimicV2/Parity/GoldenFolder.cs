using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.Failures;
using RenderFarm.Imaging;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>A folder of official numbers. Paths are relative to it, with '/'. Remembers what was looked at, so that the rest can be named.</summary>
public sealed partial class GoldenFolder
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _files;

    /// <exception cref="PermanentException">No such folder, or not laid out as golden data.</exception>
    public GoldenFolder(string path)
    {
        Path = path;
        if (!Directory.Exists(path))
            throw new PermanentException($"There is no folder '{path}'.");
        _files = new SortedSet<string>(
            Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')),
            StringComparer.Ordinal);
        if (!Directory.Exists(WeightsFolder))
            throw new PermanentException($"The folder '{path}' has no 'pretrained_weights': give a folder laid out like the golden data.");
    }

    public string Path { get; }

    public string WeightsFolder => System.IO.Path.Combine(Path, "pretrained_weights");

    /// <summary>Files of the numbered stage folders that nothing has looked at.</summary>
    public IEnumerable<string> Unused => _files.Where(file => StageFile().IsMatch(file) && !_used.Contains(file));

    public bool Has(string file) => _files.Contains(file);

    /// <summary>Files that match a pattern, in order.</summary>
    public IReadOnlyList<Match> Find(Regex pattern) => [.. _files.Select(file => pattern.Match(file)).Where(match => match.Success)];

    public NumPyArray Array(string file) => NumPyArray.Read(Use(file));

    public float[] Singles(string file) => Array(file).Singles();

    public RgbImage Picture(string file) => PngPicture.Read(Use(file));

    public JsonDocument Json(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(Use(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PermanentException($"'{file}' of the golden data cannot be read: {e.Message}", e);
        }
    }

    public string Text(string file) => File.ReadAllText(Use(file));

    private string Use(string file)
    {
        if (!Has(file))
            throw new PermanentException($"The golden data has no '{file}'.");
        _used.Add(file);
        return System.IO.Path.Combine([Path, .. file.Split('/')]);
    }

    [GeneratedRegex(@"^\d\d_[^/]+/")]
    private static partial Regex StageFile();
}
