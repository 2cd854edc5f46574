using System.Runtime.CompilerServices;
using RenderFarm.Failures;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Runs every stage found in a folder laid out like the golden data and compares with the numbers the official implementation left there.</summary>
/// <remarks>Checkpoints, inputs, settings and widths all come from the folder. Single precision; made for networks that fit into memory twice.</remarks>
public static class ParityCheck
{
    private static readonly IReadOnlyList<IParityStage> s_stages =
    [
        new AudioStage(), new AutoencoderStage(), new PoseStage(), new ReferenceStage(), new DenoiserStage(), new SchedulerStage(), new WindowStage(),
        new PipelineStage(),
    ];

    /// <summary>Rows as they are ready; those of a stage that cannot go on end with one that says why.</summary>
    /// <exception cref="PermanentException">The folder or its checkpoints cannot be read at all.</exception>
    public static async IAsyncEnumerable<ParityRow> RunAsync(
        string folder, OrtRuntime runtime, OrtSessionOptions sessionOptions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GoldenFolder golden = new(folder);
        using ParityContext context = new(golden, runtime, sessionOptions);
        foreach (IParityStage stage in s_stages)
        {
            int rows = 0;
            await using IAsyncEnumerator<ParityRow> running = stage.RunAsync(context, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(stage, running) is { } row)
            {
                rows++;
                yield return row;
                if (row.Stage == stage.Name)
                    break; // it could not go on
            }

            if (rows == 0)
                yield return ParityRow.Skip(stage.Name, "nothing to compare in this folder");
        }

        foreach (IGrouping<string, string> left in golden.Unused.GroupBy(file => file[..file.LastIndexOf('/')]))
            yield return ParityRow.Skip(left.Key, $"not compared: {string.Join(", ", left.Select(file => file[(file.LastIndexOf('/') + 1)..]))}");
    }

    private static async Task<ParityRow?> NextAsync(IParityStage stage, IAsyncEnumerator<ParityRow> running)
    {
        try
        {
            return await running.MoveNextAsync() ? running.Current : null;
        }
        catch (Exception e) when (e is PermanentException or OnnxRuntimeException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            // Hostile or incomplete data spoils its own stage, not the others.
            return ParityRow.Fail(stage.Name, e.Message.ReplaceLineEndings(" "));
        }
    }
}
