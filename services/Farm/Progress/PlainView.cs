namespace RenderFarm.Farm.Progress;

/// <summary>Plain lines every few seconds, for logs and pipes. What a script may want to use, the video's path, goes to the output.</summary>
internal sealed class PlainView(TextWriter output, TextWriter notes, TimeProvider time) : IRenderView
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Pacer pacer = new(time, Pace);

    public void Show(RenderEvent happened)
    {
        if (happened is RenderProgressed progress && !pacer.IsDue(progress.Stage))
            return;
        if (ProgressText.Line(happened) is { } line)
            notes.WriteLine(line);
        if (happened is RenderCompleted completed)
            output.WriteLine(completed.Out);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
