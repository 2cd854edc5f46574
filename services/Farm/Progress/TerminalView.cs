using System.Diagnostics.CodeAnalysis;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RenderFarm.Farm.Progress;

/// <summary>A bar for the whole and a line per worker, repainted in place; messages scroll by above.</summary>
internal sealed class TerminalView : IRenderView
{
    private const int BarCells = 32;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The console belongs to the process.")]
    private readonly TextWriter output;

    private readonly IAnsiConsole console;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task live;
    private LiveDisplayContext? display;
    private RenderEvent? last;

    public TerminalView(TextWriter output, TextWriter notes)
    {
        this.output = output;
        console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(notes) });
        live = console.Live(new Text("")).AutoClear(true).StartAsync(context =>
        {
            display = context;
            return ended.Task;
        });
    }

    public void Show(RenderEvent happened)
    {
        if (happened is RenderProgressed progress)
        {
            display?.UpdateTarget(Picture(progress));
            return;
        }

        // What comes last stays on the screen: it waits until the picture is gone.
        if (happened is RenderCompleted or RenderFailed or RenderStopped)
            last = happened;
        else if (ProgressText.Line(happened) is { } line)
            console.WriteLine(line);
    }

    public async ValueTask DisposeAsync()
    {
        ended.TrySetResult();
        await live;
        if (last is not null && ProgressText.Line(last) is { } line)
            console.WriteLine(line);
        if (last is RenderCompleted completed)
            await output.WriteLineAsync(completed.Out);
    }

    /// <summary>What is painted for one moment of the render.</summary>
    internal static IRenderable Picture(RenderProgressed progress)
    {
        Grid grid = new();
        for (int column = 0; column < 4; column++)
            grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        string[] facts = [ProgressText.Frames(progress), ProgressText.Speed(progress), ProgressText.Left(progress)];
        grid.AddRow(
            new Text(progress.Stage, new Style(decoration: Decoration.Bold)),
            Bar(progress.Fraction, Color.Green),
            new Text(ProgressText.Percent(progress.Fraction)),
            new Text(string.Join("  ", facts.Where(fact => fact.Length > 0))));
        foreach (WorkerProgress worker in progress.Workers)
        {
            grid.AddRow(
                new Text(worker.Worker),
                Bar(worker.Fraction, Color.SteelBlue),
                new Text(ProgressText.Percent(worker.Fraction)),
                new Text($"segment {worker.Segment + 1} of {progress.Segments}  {worker.Stage}"));
        }

        return grid;
    }

    private static Paragraph Bar(double fraction, Color color)
    {
        int filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarCells);
        return new Paragraph()
            .Append(new string('━', filled), new Style(color))
            .Append(new string('─', BarCells - filled), new Style(Color.Grey));
    }
}
