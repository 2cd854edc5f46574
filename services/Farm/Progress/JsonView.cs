using System.Text.Encodings.Web;
using System.Text.Json;

namespace RenderFarm.Farm.Progress;

/// <summary>One JSON object a line, for scripts.</summary>
internal sealed class JsonView(TextWriter output, TimeProvider time) : IRenderView
{
    // Lines go to programs and terminals, not into web pages: quotes and umlauts stay readable.
    private static readonly RenderEventJson Json =
        new(new JsonSerializerOptions(RenderEventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Pacer pacer = new(time, Pace);

    public void Show(RenderEvent happened)
    {
        if (happened is RenderProgressed progress && !pacer.IsDue(progress.Stage))
            return;
        output.WriteLine(JsonSerializer.Serialize(happened, Json.RenderEvent));
        output.Flush();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
