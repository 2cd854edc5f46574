using System.Text.Json;
using RenderFarm.TestSupport;

namespace RenderFarm.Diffusion.Tests;

public sealed class DdimSchedulerTests
{
    [SharedFact]
    public void The_signal_table_is_the_official_one() =>
        Goldens.AssertClose(Goldens.Floats("alphas_cumprod.npy"), ZeroSnrSchedule.AlphaBars, 2e-7, "alphas_cumprod");

    [SharedFact]
    public void Timesteps_and_signal_powers_are_the_official_ones_for_every_step_count()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Goldens.At("timesteps.json")));
        foreach (JsonProperty run in golden.RootElement.GetProperty("runs").EnumerateObject())
        {
            IReadOnlyList<DdimStep> steps = new DdimScheduler(int.Parse(run.Name, System.Globalization.CultureInfo.InvariantCulture)).Steps;
            Assert.Equal(run.Value.GetProperty("timesteps").Deserialize<int[]>()!, steps.Select(step => step.Timestep));
            Assert.Equal(run.Value.GetProperty("prev_timesteps").Deserialize<int[]>()!, steps.Select(step => step.PreviousTimestep));
            AssertClose("alpha_prod_t", step => step.AlphaBar);
            AssertClose("alpha_prod_prev", step => step.PreviousAlphaBar);

            void AssertClose(string name, Func<DdimStep, double> ours) => Goldens.AssertClose(
                run.Value.GetProperty(name).Deserialize<float[]>()!, steps.Select(step => (float)ours(step)).ToArray(), 2e-7, $"{name} of {run.Name} steps");
        }
    }

    [SharedTheory]
    [InlineData(6, 999)]
    [InlineData(6, 499)]
    [InlineData(6, 166)]
    [InlineData(30, 999)]
    [InlineData(30, 499)]
    [InlineData(30, 32)]
    public void A_step_is_the_official_step(int stepCount, int timestep)
    {
        DdimStep step = new DdimScheduler(stepCount).Steps.Single(step => step.Timestep == timestep);
        Goldens.AssertClose(Goldens.Floats($"step_n{stepCount}_t{timestep}_prev_sample.npy"), Advance(step), 1e-6, "prev_sample");
        // A step that ends at the clean latent is the prediction of it.
        Goldens.AssertClose(Goldens.Floats($"step_n{stepCount}_t{timestep}_pred_x0.npy"), Advance(step with { PreviousAlphaBar = 1 }), 1e-6, "pred_x0");
    }

    [Fact]
    public void The_first_timestep_holds_no_signal_at_all()
    {
        Assert.Equal(0f, ZeroSnrSchedule.AlphaBars[^1]);
        Assert.All(Enumerable.Range(1, 1000), stepCount => Assert.Equal(999, new DdimScheduler(stepCount).Steps[0].Timestep));
    }

    [Fact]
    public void Every_run_goes_down_in_time_and_up_in_signal() => Assert.All(Enumerable.Range(1, 1000), stepCount =>
    {
        IReadOnlyList<DdimStep> steps = new DdimScheduler(stepCount).Steps;
        Assert.Equal(stepCount, steps.Count);
        Assert.All(steps, step => Assert.True(step.PreviousTimestep < step.Timestep && step.PreviousAlphaBar > step.AlphaBar && step.Timestep >= 0));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First.Timestep > pair.Second.Timestep));
    });

    [Fact]
    public void With_the_true_velocity_a_step_lands_on_the_true_path()
    {
        // x(t) = √ᾱ·x0 + √(1−ᾱ)·ε and v = √ᾱ·ε − √(1−ᾱ)·x0 for one clean value and one noise value.
        const double Clean = 0.7, Noise = -1.3;
        foreach (DdimStep step in new DdimScheduler(30).Steps)
        {
            float[] x = [(float)Mix(step.AlphaBar, Clean, Noise)];
            float[] v = [(float)Mix(step.AlphaBar, Noise, -Clean)];
            step.Advance(x, v);
            Assert.Equal(Mix(step.PreviousAlphaBar, Clean, Noise), x[0], 1e-6);
        }

        static double Mix(double alphaBar, double a, double b) => (Math.Sqrt(alphaBar) * a) + (Math.Sqrt(1 - alphaBar) * b);
    }

    [Fact]
    public void A_value_has_the_same_bits_wherever_it_stands_in_the_row()
    {
        DdimStep step = new DdimScheduler(6).Steps[2];
        float[] x = [.. Enumerable.Range(0, 67).Select(i => MathF.Sin(i * 1.7f))];
        float[] v = [.. Enumerable.Range(0, 67).Select(i => MathF.Cos(i * 0.9f))];
        float[] alone = [.. x.Zip(v, (a, b) =>
        {
            float[] one = [a];
            step.Advance(one, [b]);
            return one[0];
        })];
        step.Advance(x, v);
        Assert.Equal(alone, x);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Step_counts_the_table_cannot_serve_are_refused(int stepCount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdimScheduler(stepCount));

    private static float[] Advance(DdimStep step)
    {
        float[] latents = Goldens.Floats("step_sample.npy");
        step.Advance(latents, Goldens.Floats("step_model_output.npy"));
        return latents;
    }
}
