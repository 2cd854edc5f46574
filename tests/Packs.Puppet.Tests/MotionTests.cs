using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;

namespace RenderFarm.Packs.Puppet.Tests;

public class MotionTests
{
    [Fact]
    public void Every_stretch_of_five_seconds_has_a_blink_and_no_lid_jumps() =>
        Prop.ForAll<ulong, ushort>((seed, start) =>
        {
            double[] closed = [.. Enumerable.Range(0, 5 * 24).Select(i => BlinkTrain.At(seed, start + 1 + (i / 24.0)))];
            double fastest = closed.Zip(closed.Skip(1), (a, b) => Math.Abs(b - a)).Max();
            return closed.All(value => value is >= 0 and <= 1) && closed.Max() > 0.7 && closed.Min() == 0 && fastest < 0.6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Blinks_are_apart_and_differ_from_seed_to_seed()
    {
        Assert.NotEqual(StartsOf(seed: 1), StartsOf(seed: 2));
        double[] gaps = [.. StartsOf(3).Zip(StartsOf(3).Skip(1), (a, b) => b - a)];
        Assert.True(gaps.Min() > 0.3 && gaps.Max() < 5, $"{gaps.Min()} to {gaps.Max()}");

        static double[] StartsOf(ulong seed) =>
            [.. Enumerable.Range(1, 60 * 100).Where(i => BlinkTrain.At(seed, i / 100.0) > 0 && BlinkTrain.At(seed, (i - 1) / 100.0) == 0).Select(i => i / 100.0)];
    }

    [Fact]
    public void Sway_is_gentle_and_differs_from_seed_to_seed() =>
        Prop.ForAll<ulong, ushort>((seed, second) =>
        {
            float[] now = Sway(seed, second);
            float[] next = Sway(seed, second + (1 / 24.0));
            bool slow = now.Zip(next, (a, b) => Math.Abs(b - a)).All(step => step < 0.35f);
            return slow && !now.SequenceEqual(Sway(seed + 1, second)) && Math.Abs(now[MotionParameter.HeadYaw]) <= 3.8f;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Rows_read_by_range_are_the_rows_written()
    {
        using var job = new PuppetJob { Portrait = new Imaging.RgbImage(1, 1, new byte[3]), Samples = [] };
        float[] all = [.. Enumerable.Range(0, 5000 * MotionParameter.Count).Select(i => (float)i)];
        await MotionTrackObject.WriteAsync(job.Store, "motion", Rows(all, 5000), CancellationToken.None);
        MotionTrack track = await MotionTrackObject.ReadAsync(job.Store, "motion", new(1234, 4321), CancellationToken.None);
        foreach (int frame in new[] { 1234, 2000, 4320 })
            Assert.Equal(all.AsSpan(frame * MotionParameter.Count, MotionParameter.Count).ToArray(), track[frame].ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => track[4321].Length);
    }

    [Fact]
    public async Task A_sweep_that_fails_leaves_no_track_and_tells_why()
    {
        using var job = new PuppetJob { Portrait = new Imaging.RgbImage(1, 1, new byte[3]), Samples = [] };
        float[] some = new float[3000 * MotionParameter.Count];
        InvalidDataException told = await Assert.ThrowsAsync<InvalidDataException>(() =>
            MotionTrackObject.WriteAsync(job.Store, "motion", Rows(some, 3000, thenFail: true), CancellationToken.None));
        Assert.Equal("broken audio", told.Message);
        Assert.Null(await job.Store.StatAsync("motion", CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_fails_ends_the_sweep_with_its_own_error()
    {
        using var job = new PuppetJob { Portrait = new Imaging.RgbImage(1, 1, new byte[3]), Samples = [] };
        float[] some = new float[3000 * MotionParameter.Count];
        await Assert.ThrowsAsync<ArgumentException>(() =>
            MotionTrackObject.WriteAsync(job.Store, "../not a key", Rows(some, 3000), CancellationToken.None));
    }

    private static float[] Sway(ulong seed, double seconds)
    {
        float[] row = new float[MotionParameter.Count];
        HeadSway.AddTo(row, seed, seconds);
        return row;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<float>> Rows(float[] all, int count, bool thenFail = false)
    {
        for (int i = 0; i < count; i++)
        {
            if (i % 100 == 0)
                await Task.Yield();
            yield return all.AsMemory(i * MotionParameter.Count, MotionParameter.Count);
        }

        if (thenFail)
            throw new InvalidDataException("broken audio");
    }
}
