using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Progress;

namespace RenderFarm.Coordinator.Tests.Progress;

public sealed class RateEstimateTests
{
    [Fact]
    public void Before_a_second_has_passed_nothing_is_known()
    {
        RateEstimate estimate = RateEstimate.From(Samples(0, 5));
        Assert.Null(estimate.FramesPerSecond);
        Assert.Null(estimate.TimeFor(100));
    }

    [Fact]
    public void A_steady_rate_leaves_no_doubt()
    {
        RateEstimate estimate = RateEstimate.From(Samples([.. Enumerable.Range(0, 60).Select(i => i * 10.0)]));
        TimeLeft left = estimate.TimeFor(200)!.Value;
        Assert.Equal(20, estimate.FramesPerSecond!.Value, precision: 6);
        Assert.Equal(10, left.Expected.TotalSeconds, precision: 3);
        Assert.Equal(left.AtLeast, left.AtMost);
    }

    [Fact]
    public void A_changing_rate_widens_the_interval()
    {
        double[] bursts = [.. Enumerable.Range(0, 60).Select(i => i / 10 * 100.0)];
        TimeLeft left = RateEstimate.From(Samples(bursts)).TimeFor(200)!.Value;
        Assert.True(left.AtLeast < left.Expected && left.Expected < left.AtMost);
    }

    [Fact]
    public void With_few_samples_the_interval_says_so()
    {
        TimeLeft left = RateEstimate.From(Samples(0, 10, 20)).TimeFor(200)!.Value;
        Assert.Equal((10, 5, 20), (left.Expected.TotalSeconds, left.AtLeast.TotalSeconds, left.AtMost.TotalSeconds));
    }

    [Fact]
    public void A_job_that_stands_still_or_loses_work_promises_nothing()
    {
        Assert.Null(RateEstimate.From(Samples(5, 5, 5)).TimeFor(200));
        Assert.Equal(0, RateEstimate.From(Samples(50, 40, 30)).FramesPerSecond);
    }

    [Fact]
    public void The_interval_covers_the_truth_about_nine_times_of_ten()
    {
        int covered = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            double done = 0;
            double[] walk = [.. Enumerable.Range(0, 121).Select(_ => done += 10 + (random.NextDouble() * 20))]; // 40 frames a second on average
            TimeLeft left = RateEstimate.From(Samples(walk)).TimeFor(4_000)!.Value;
            covered += left.AtLeast.TotalSeconds <= 100 && left.AtMost.TotalSeconds >= 100 ? 1 : 0;
        }

        Assert.InRange(covered, 340, 380);
    }

    [Fact]
    public void The_meter_remembers_a_minute_and_forgets_jobs_that_ended()
    {
        RateMeter meter = new();
        Guid jobId = Guid.NewGuid();
        for (int i = 0; i <= 400; i++)
            meter.Record(jobId, DateTimeOffset.UnixEpoch.AddSeconds(i * 0.25), i < 200 ? 0 : i - 200);
        Assert.InRange(meter.Estimate(jobId).FramesPerSecond!.Value, 3.2, 3.4); // 200 frames in the last minute
        meter.Keep(new HashSet<Guid>());
        Assert.Null(meter.Estimate(jobId).FramesPerSecond);
    }

    /// <summary>Two samples a second.</summary>
    private static RateSample[] Samples(params double[] framesDone) =>
        [.. framesDone.Select((frames, i) => new RateSample(DateTimeOffset.UnixEpoch.AddSeconds(i * 0.5), frames))];
}
