using System.CommandLine;

namespace RenderFarm.Benchmarks.Stages;

/// <summary><c>stages</c>: frames per second of every stage of a render, side by side.</summary>
internal static class StagesCommand
{
    public static Command Create()
    {
        Option<int> seconds = new("--seconds") { Description = "Length of the lecture.", DefaultValueFactory = _ => 60 };
        Option<int> size = new("--size") { Description = "Side of the picture in pixels.", DefaultValueFactory = _ => 512 };
        Option<int> workers = new("--workers") { Description = "Segments rendered at once.", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount / 2) };
        Option<int> rounds = new("--rounds") { Description = "Times every stage is measured.", DefaultValueFactory = _ => 5 };
        Option<string> pack = new("--pack") { Description = "The model pack.", DefaultValueFactory = _ => "puppet" };
        Command command = new("stages", "Frames per second of denoising, decoding, encoding and stitching, and of a whole render.")
        {
            seconds, size, workers, rounds, pack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            StagesOptions options = new()
            {
                Pack = parsed.GetRequiredValue(pack),
                Length = TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)),
                SizePixels = parsed.GetRequiredValue(size),
                Workers = parsed.GetRequiredValue(workers),
                Rounds = parsed.GetRequiredValue(rounds),
            };
            await StagesBenchmark.RunAsync(options, parsed.InvocationConfiguration.Output, cancellationToken);
        });
        return command;
    }
}
