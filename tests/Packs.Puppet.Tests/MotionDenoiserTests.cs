using RenderFarm.Contracts;
using RenderFarm.Packs.Puppet.Denoising;
using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet.Tests;

public class MotionDenoiserTests
{
    private const int L = MotionParameter.Count;

    [Fact]
    public void From_pure_noise_the_velocity_is_minus_the_mean()
    {
        float[] velocity = Predict(Denoiser(20), first: 4, count: 12, alphaBar: 0);
        for (int i = 0; i < velocity.Length; i++)
            Assert.Equal(-MeanOf(4 + (i / L), i % L), velocity[i], 1e-6);
    }

    [Fact]
    public void A_window_gives_the_same_bits_whatever_was_asked_before()
    {
        MotionDenoiser fresh = Denoiser(40);
        MotionDenoiser used = Denoiser(40);
        Predict(used, 3, 12, 0.3);
        Predict(used, 0, 5, 0.7);
        Assert.Equal(Predict(fresh, 20, 12, 0.7), Predict(used, 20, 12, 0.7));
    }

    [Fact]
    public void A_ring_closes_without_a_seam()
    {
        // The window across the end sees the same distances as any other, so its gains are the same.
        var means = new MotionTrack(new FrameRange(0, 30), new float[30 * L]);
        var denoiser = new MotionDenoiser(means, new FrameDistance(WindowClosing.Ring, 30, 1 / 24.0));
        float[] latents = Noise(12);
        float[] inside = new float[latents.Length];
        float[] across = new float[latents.Length];
        denoiser.PredictVelocity([.. Enumerable.Range(5, 12).Select(f => (long)f)], 500, 0.5, latents, inside, CancellationToken.None);
        denoiser = new MotionDenoiser(means, new FrameDistance(WindowClosing.Ring, 30, 1 / 24.0));
        denoiser.PredictVelocity([.. Enumerable.Range(25, 12).Select(f => (long)f % 30)], 500, 0.5, latents, across, CancellationToken.None);
        for (int i = 0; i < inside.Length; i++)
            Assert.Equal(inside[i], across[i], 1e-5);
    }

    [Fact]
    public void Frames_that_do_not_follow_one_another_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            Denoiser(20).PredictVelocity([1, 3], 500, 0.5, new float[2 * L], new float[2 * L], CancellationToken.None));

    [Fact]
    public void Frames_outside_the_opened_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Predict(Denoiser(20), first: 15, count: 12, alphaBar: 0.5));

    private static float MeanOf(long frame, int parameter) => MathF.Sin((0.3f * frame) + parameter);

    private static MotionDenoiser Denoiser(int frames)
    {
        float[] rows = [.. Enumerable.Range(0, frames * L).Select(i => MeanOf(i / L, i % L))];
        return new MotionDenoiser(new MotionTrack(new FrameRange(0, frames), rows), new FrameDistance(WindowClosing.Line, frames, 1 / 24.0));
    }

    private static float[] Predict(MotionDenoiser denoiser, long first, int count, double alphaBar)
    {
        float[] velocity = new float[count * L];
        denoiser.PredictVelocity([.. Enumerable.Range(0, count).Select(i => first + i)], 500, alphaBar, Noise(count), velocity, CancellationToken.None);
        return velocity;
    }

    private static float[] Noise(int frames)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, frames * L).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
