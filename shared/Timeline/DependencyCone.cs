using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>
/// What has to be denoised so that some frames come out as if the whole timeline had been denoised: going backwards from the last step,
/// the frames needed are those of all windows that touch the frames needed one step later. Nothing less will do, nothing more is used.
/// </summary>
public sealed class DependencyCone
{
    private DependencyCone(WindowGrid grid, FrameRange decode, IReadOnlyList<ConeStep> steps)
    {
        Grid = grid;
        Decode = decode;
        Steps = steps;
        EvaluationCount = steps.Sum(step => step.WindowCount);
    }

    public WindowGrid Grid { get; }

    /// <summary>The frames wanted at the end.</summary>
    public FrameRange Decode { get; }

    /// <summary>Step 0 first, so ranges shrink along the list.</summary>
    public IReadOnlyList<ConeStep> Steps { get; }

    /// <summary>Frames that start as noise, unrolled on a ring.</summary>
    public FrameRange Noise => Steps[0].Input;

    /// <summary>The smallest range within the timeline that holds every frame of the cone: what a model has to be opened for.</summary>
    public FrameRange Span => Noise.End <= Grid.FrameCount ? Noise : new(0, Grid.FrameCount);

    /// <summary>Network evaluations of all steps.</summary>
    public long EvaluationCount { get; }

    /// <param name="decode">Frames wanted, within the timeline, at least one.</param>
    public static DependencyCone Of(WindowGrid grid, int stepCount, FrameRange decode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decode.End, grid.FrameCount, nameof(decode));
        ConeStep[] steps = new ConeStep[stepCount];
        FrameRange needed = decode;
        for (int step = stepCount - 1; step >= 0; step--)
        {
            FrameRange input = grid.Reach(step, needed);
            steps[step] = new(step, input, needed, grid.Touching(step, needed).LongCount());
            needed = input;
        }
        return new(grid, decode, steps);
    }

    /// <summary>The windows to evaluate at a step, in the order in which their predictions are added.</summary>
    public IEnumerable<FrameWindow> WindowsOf(int stepIndex) => Grid.Touching(stepIndex, Steps[stepIndex].Output);
}
