namespace RenderFarm.Farm.Progress;

/// <summary>Chooses how a render is shown.</summary>
internal static class RenderViews
{
    /// <param name="verbose">Log lines will run through the notes, so nothing may be painted in place there.</param>
    public static IRenderView Choose(bool json, bool verbose, TextWriter output, TextWriter notes, TimeProvider time) =>
        json ? new JsonView(output, time)
        : IsTerminal(notes) && !verbose ? new TerminalView(output, notes)
        : new PlainView(output, notes, time);

    private static bool IsTerminal(TextWriter notes) =>
        ReferenceEquals(notes, Console.Error) && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
