using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Packs.Puppet.Denoising;

namespace RenderFarm.Packs.Puppet.Tests;

public class VelocityGainTests
{
    [Fact]
    public void The_velocity_is_that_of_the_posterior_means_of_signal_and_noise() =>
        Prop.ForAll<byte, byte, byte>((size, alpha, seed) =>
        {
            int count = 1 + (size % 12);
            double alphaBar = 0.005 + (0.99 * alpha / 255);
            var random = new Random(seed);
            double[,] covariance = Covariance(new MotionKernel(0.1 + random.NextDouble(), 0.05 + random.NextDouble()), count);
            double[] mean = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
            double[] noisy = [.. Enumerable.Range(0, count).Select(_ => 3 * (random.NextDouble() - 0.5))];

            double[] expected = BruteForceVelocity(covariance, mean, noisy, alphaBar);
            double[,] gain = VelocityGain.Of(covariance, alphaBar);
            return Enumerable.Range(0, count).All(i =>
            {
                double velocity = -Math.Sqrt(1 - alphaBar) * mean[i];
                for (int j = 0; j < count; j++)
                    velocity += gain[i, j] * (noisy[j] - (Math.Sqrt(alphaBar) * mean[j]));
                return Math.Abs(velocity - expected[i]) < 1e-5;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_pure_noise_the_best_guess_is_the_mean()
    {
        foreach (double gain in VelocityGain.Of(Covariance(new MotionKernel(2, 0.5), 12), alphaBar: 0))
            Assert.Equal(0, gain);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1 - 1e-12)]
    public void The_gain_stays_finite_where_the_noise_ends(double alphaBar)
    {
        foreach (double gain in VelocityGain.Of(Covariance(new MotionKernel(0.5, 0.5), 12), alphaBar))
            Assert.InRange(gain, -1e5, 1e5);
    }

    [Fact]
    public void What_never_strays_follows_its_mean()
    {
        double[,] gain = VelocityGain.Of(new double[3, 3], alphaBar: 0.36);
        for (int i = 0; i < 3; i++)
        {
            // x0 is the mean for certain, so all of x − √ᾱ·μ is noise: v = √ᾱ·ε − √(1−ᾱ)·μ.
            Assert.Equal(0.6 / 0.8, gain[i, i], 1e-12);
            Assert.Equal(0, gain[i, (i + 1) % 3], 1e-12);
        }
    }

    /// <summary>Conditions the joint Gaussian of (x0, x) on x with Gauss–Jordan elimination and nothing clever.</summary>
    private static double[] BruteForceVelocity(double[,] covariance, double[] mean, double[] noisy, double alphaBar)
    {
        int n = mean.Length;
        double[,] augmented = new double[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                augmented[i, j] = (alphaBar * covariance[i, j]) + (i == j ? 1 - alphaBar : 0);
            augmented[i, n] = noisy[i] - (Math.Sqrt(alphaBar) * mean[i]);
        }

        for (int pivot = 0; pivot < n; pivot++)
        {
            double scale = augmented[pivot, pivot];
            for (int j = 0; j <= n; j++)
                augmented[pivot, j] /= scale;
            for (int i = 0; i < n; i++)
            {
                double factor = i == pivot ? 0 : augmented[i, pivot];
                for (int j = 0; j <= n; j++)
                    augmented[i, j] -= factor * augmented[pivot, j];
            }
        }

        double[] velocity = new double[n];
        for (int i = 0; i < n; i++)
        {
            double x0 = mean[i];
            for (int j = 0; j < n; j++)
                x0 += Math.Sqrt(alphaBar) * covariance[i, j] * augmented[j, n];
            double noise = (noisy[i] - (Math.Sqrt(alphaBar) * x0)) / Math.Sqrt(1 - alphaBar);
            velocity[i] = (Math.Sqrt(alphaBar) * noise) - (Math.Sqrt(1 - alphaBar) * x0);
        }

        return velocity;
    }

    private static double[,] Covariance(MotionKernel kernel, int count)
    {
        double[,] covariance = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                covariance[i, j] = kernel.At((i - j) / 24.0);
        }

        return covariance;
    }
}
