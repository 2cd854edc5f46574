using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>
/// With what settings the official program made a file. Looked up in <c>settings.json</c> of the folder (an object per stage or file, such as
/// <c>"08_pipelines/acc": {"guidance": 1, "steps": 6, "fps": 24, "filter": "lanczos"}</c>), then in JSON files that lie beside the file or above it and have
/// the setting themselves, then in the rows of the file table of <c>README.md</c>.
/// </summary>
internal sealed partial class GoldenSettings
{
    /// <summary>What the official programs call these settings.</summary>
    private static readonly Dictionary<string, string[]> s_officialNames = new(StringComparer.Ordinal)
    {
        ["guidance"] = ["guidance_scale", "cfg"],
        ["steps"] = ["num_inference_steps"],
        ["fps"] = ["frame_rate"],
        ["timestep"] = ["t"],
        ["filter"] = ["resample"],
    };

    private readonly Dictionary<string, Dictionary<string, string>> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonElement>> _beside = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _rows = [];

    public GoldenSettings(GoldenFolder folder)
    {
        if (folder.Has("README.md"))
            _rows = [.. folder.Text("README.md").Split('\n').Where(line => line.StartsWith('|'))];
        foreach (string file in folder.Find(SettingsFile()).Select(match => match.Value))
        {
            using JsonDocument beside = folder.Json(file);
            if (beside.RootElement.ValueKind == JsonValueKind.Object)
                _beside[FolderOf(file)] = [.. _beside.GetValueOrDefault(FolderOf(file), []), beside.RootElement.Clone()];
        }

        if (!folder.Has("settings.json"))
            return;
        using JsonDocument json = folder.Json("settings.json");
        foreach (JsonProperty stage in json.RootElement.EnumerateObject().Where(stage => stage.Value.ValueKind == JsonValueKind.Object))
            _given[stage.Name] = stage.Value.EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.ToString(), StringComparer.Ordinal);
    }

    public int? Timestep(string file) => (int?)Number(file, "timestep", TimestepText());

    public int? Steps(string file) => (int?)Number(file, "steps", StepsText());

    public int? FramesPerSecond(string file) => (int?)Number(file, "fps", FpsText());

    public float? Guidance(string file) => (float?)Number(file, "guidance", GuidanceText());

    /// <summary>Lower-case name of the reference picture's filter; 'acc' programs take Lanczos, 'plain' ones bicubic.</summary>
    public string? Filter(string file)
    {
        if (Given(file, "filter") is { } filter)
            return filter.ToLowerInvariant();
        foreach (string row in RowsAbout(file))
        {
            if (FilterText().Match(row) is { Success: true } named)
                return named.Value.ToLowerInvariant();
            if (row.Contains("acc pipeline", StringComparison.Ordinal))
                return "lanczos";
            if (row.Contains("plain pipeline", StringComparison.Ordinal))
                return "bicubic";
        }

        return null;
    }

    private double? Number(string file, string name, Regex text)
    {
        if (Given(file, name) is { } given && double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return value;
        foreach (string row in RowsAbout(file))
        {
            if (text.Match(row) is { Success: true } match)
                return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    private string? Given(string file, string name)
    {
        for (string at = file; at.Length > 0; at = FolderOf(at))
        {
            if (_given.TryGetValue(at, out Dictionary<string, string>? settings) && settings.TryGetValue(name, out string? value))
                return value;
        }

        for (string at = file; ; at = FolderOf(at))
        {
            foreach (JsonElement document in _beside.GetValueOrDefault(at, []))
            {
                foreach (string called in (string[])[name, .. s_officialNames.GetValueOrDefault(name, [])])
                {
                    if (document.TryGetProperty(called, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                        return value.ToString();
                }
            }

            if (at.Length == 0)
                return null;
        }
    }

    private static string FolderOf(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')] : "";

    /// <summary>Rows whose first cell names the file itself, then its folders, innermost first.</summary>
    private IEnumerable<string> RowsAbout(string file)
    {
        string[] parts = file.Split('/');
        foreach (string part in parts.Reverse())
        {
            string name = Regex.Escape(part.EndsWith(".npy", StringComparison.Ordinal) ? part[..^4] : part);
            Regex quoted = new($@"[`*]{name}(\.npy|/)?[`*]");
            foreach (string row in _rows)
            {
                if (quoted.IsMatch(row.Split('|')[1]))
                    yield return row;
            }
        }
    }

    /// <summary>In the folder itself, in a stage or in a pipeline; not the configurations of the networks.</summary>
    [GeneratedRegex(@"^(\d\d_[^/]+/([^/]+/)?)?[^/]*(settings|info|config|params|meta)[^/]*\.json$")]
    private static partial Regex SettingsFile();

    [GeneratedRegex(@"timestep (\d+)")]
    private static partial Regex TimestepText();

    [GeneratedRegex(@"\b(\d+) steps\b")]
    private static partial Regex StepsText();

    [GeneratedRegex(@"\b(\d+) fps\b")]
    private static partial Regex FpsText();

    [GeneratedRegex(@"guidance (\d+(?:\.\d+)?)")]
    private static partial Regex GuidanceText();

    [GeneratedRegex("bicubic|lanczos", RegexOptions.IgnoreCase)]
    private static partial Regex FilterText();
}
