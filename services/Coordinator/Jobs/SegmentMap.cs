using RenderFarm.Data;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>The timeline as a short string.</summary>
public static class SegmentMap
{
    private const int MostCells = 256;

    /// <summary>One letter per cell; what needs looking at hides what does not: failed, then in flight, then waiting, then rendered.</summary>
    public static string Draw(IReadOnlyList<WorkState> segments)
    {
        int cells = Math.Min(MostCells, segments.Count);
        return string.Create(cells, segments, (letters, states) =>
        {
            for (int cell = 0; cell < letters.Length; cell++)
            {
                int first = (int)((long)states.Count * cell / letters.Length);
                int end = (int)((long)states.Count * (cell + 1) / letters.Length);
                letters[cell] = Enumerable.Range(first, end - first).Select(i => Letter(states[i])).MinBy("!+.#".IndexOf);
            }
        });
    }

    private static char Letter(WorkState state) => state switch
    {
        WorkState.Done => '#',
        WorkState.Failed => '!',
        WorkState.InFlight => '+',
        _ => '.',
    };
}
