using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.Contracts;
using RenderFarm.Timeline;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Which frames the windows of a step hold.</summary>
internal sealed partial class WindowStage : IParityStage
{
    public const string File = "07_context/windows.json";

    public string Name => "07_context";

    public static WindowGeometry GeometryOf(JsonElement windows) => new(
        windows.GetProperty("context_size").GetInt32(), windows.GetProperty("overlap").GetInt32(), windows.GetProperty("shift_per_step").GetInt32());

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!context.Folder.Has(File))
            yield break;
        using JsonDocument json = context.Folder.Json(File);
        WindowGeometry geometry = GeometryOf(json.RootElement);
        foreach (JsonProperty clip in json.RootElement.GetProperty("by_num_frames").EnumerateObject())
        {
            WindowGrid grid = WindowGrid.Create(WindowClosing.Ring, geometry, long.Parse(clip.Name, CultureInfo.InvariantCulture));
            foreach (JsonProperty windows in clip.Value.EnumerateObject().Where(property => StepName().IsMatch(property.Name)))
            {
                int step = int.Parse(StepName().Match(windows.Name).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                float[] expected = [.. windows.Value.EnumerateArray().SelectMany(window => window.EnumerateArray()).Select(frame => frame.GetSingle())];
                float[] actual = [.. grid.All(step).SelectMany(window => Enumerable.Range(0, window.Count).Select(k => (float)grid.Wrap(window.First + k)))];
                yield return ParityRow.Compare($"{File} {clip.Name} frames, step {step}", expected, actual, 0);
            }
        }
    }

    [GeneratedRegex(@"^windows_step(\d+)$")]
    private static partial Regex StepName();
}
