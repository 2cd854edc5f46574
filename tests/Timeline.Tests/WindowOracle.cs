using RenderFarm.Contracts;

namespace RenderFarm.Timeline.Tests;

/// <summary>The definitions, word for word and in no hurry: every window of a step as the list of its frames.</summary>
internal static class WindowOracle
{
    public static List<long[]> Windows(WindowClosing closing, WindowGeometry geometry, long frameCount, int step) =>
        closing == WindowClosing.Line ? Line(geometry, frameCount, step) : Ring(geometry, frameCount, step);

    private static List<long[]> Line(WindowGeometry geometry, long frameCount, int step)
    {
        long size = Math.Min(geometry.Size, frameCount);
        SortedSet<long> starts = [];
        long phase = (long)geometry.ShiftPerStep * step;
        // Every position of the grid whose window would touch the timeline, moved inside.
        for (long start = phase - (geometry.Stride * (phase + geometry.Size)); start < frameCount; start += geometry.Stride)
            if (start + geometry.Size > 0)
                starts.Add(Math.Clamp(start, 0, frameCount - size));
        return [.. starts.Select(start => Frames(start, size))];
    }

    private static List<long[]> Ring(WindowGeometry geometry, long frameCount, int step)
    {
        long size = Math.Min(geometry.Size, frameCount);
        List<long[]> windows = [];
        for (long start = 0; start < frameCount; start += geometry.Stride)
        {
            windows.Add([.. Frames(start, size).Select(frame => (frame + ((long)geometry.ShiftPerStep * step)) % frameCount)]);
            if (frameCount <= geometry.Size)
                break;
        }
        return windows;
    }

    private static long[] Frames(long start, long size) => [.. Enumerable.Range(0, (int)size).Select(k => start + k)];
}
