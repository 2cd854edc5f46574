using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.Diffusion;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Signal powers, timesteps of every step count, and single steps.</summary>
internal sealed partial class SchedulerStage : IParityStage
{
    private const string TimestepsFile = "06_scheduler/timesteps.json";

    public string Name => "06_scheduler";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        GoldenFolder folder = context.Folder;
        const string powers = "06_scheduler/alphas_cumprod.npy";
        if (folder.Has(powers))
            yield return ParityRow.Compare(powers, folder.Singles(powers), ZeroSnrSchedule.AlphaBars, ParityTolerances.Schedule);
        if (folder.Has(TimestepsFile))
            yield return Timesteps(folder);
        foreach (Match file in folder.Find(StepFile()))
            yield return Step(folder, file);
    }

    private static ParityRow Timesteps(GoldenFolder folder)
    {
        using JsonDocument json = folder.Json(TimestepsFile);
        List<float> expected = [], actual = [];
        foreach (JsonProperty run in json.RootElement.GetProperty("runs").EnumerateObject())
        {
            expected.AddRange(run.Value.GetProperty("timesteps").EnumerateArray().Select(timestep => timestep.GetSingle()));
            expected.AddRange(run.Value.GetProperty("prev_timesteps").EnumerateArray().Select(timestep => timestep.GetSingle()));
            DdimScheduler scheduler = new(int.Parse(run.Name, CultureInfo.InvariantCulture));
            actual.AddRange(scheduler.Steps.Select(step => (float)step.Timestep));
            actual.AddRange(scheduler.Steps.Select(step => (float)step.PreviousTimestep));
        }

        return ParityRow.Compare(TimestepsFile, expected.ToArray(), actual.ToArray(), 0);
    }

    private static ParityRow Step(GoldenFolder folder, Match file)
    {
        int count = int.Parse(file.Groups["steps"].ValueSpan, CultureInfo.InvariantCulture), timestep = int.Parse(file.Groups["timestep"].ValueSpan, CultureInfo.InvariantCulture);
        DdimStep step = new DdimScheduler(count).Steps.Single(step => step.Timestep == timestep);
        float[] latents = folder.Singles("06_scheduler/step_sample.npy");
        step.Advance(latents, folder.Singles("06_scheduler/step_model_output.npy"));
        float[] expected = folder.Singles(file.Value);
        return ParityRow.Compare(file.Value, expected, latents, ParityTolerances.Scaled(ParityTolerances.Step, expected));
    }

    [GeneratedRegex(@"^06_scheduler/step_n(?<steps>\d+)_t(?<timestep>\d+)_prev_sample\.npy$")]
    private static partial Regex StepFile();
}
