using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;

namespace RenderFarm.Timeline.Tests;

public sealed class FrameRatesTests
{
    private static readonly FrameRate Ntsc = new(30000, 1001);

    [Theory]
    [InlineData("24", 24, 1)]
    [InlineData(" 25 ", 25, 1)]
    [InlineData("30000/1001", 30000, 1001)]
    [InlineData("60000/2002", 30000, 1001)]
    [InlineData("29.97", 30000, 1001)]
    [InlineData("29.970", 30000, 1001)]
    [InlineData("29.97003", 30000, 1001)]
    [InlineData("29.970029970", 30000, 1001)]
    [InlineData("23.976", 24000, 1001)]
    [InlineData("23.98", 24000, 1001)]
    [InlineData("59.94", 60000, 1001)]
    [InlineData("119.88", 120000, 1001)]
    [InlineData("12.5", 25, 2)]
    [InlineData("29.9", 299, 10)]
    [InlineData("30.00", 30, 1)]
    [InlineData("240", 240, 1)]
    [InlineData("1", 1, 1)]
    public void A_rate_is_read_as_the_rational_people_mean(string text, int numerator, int denominator) =>
        Assert.Equal(new FrameRate(numerator, denominator), FrameRates.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fast")]
    [InlineData("-24")]
    [InlineData("+24")]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("241")]
    [InlineData("240.000001")]
    [InlineData("24001/100")]
    [InlineData("24/0")]
    [InlineData("1/2")]
    [InlineData("24/1/1")]
    [InlineData("24,5")]
    [InlineData("1e2")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999/1")]
    [InlineData("99999999999999/9999999999999")]
    [InlineData("29.970029970029970029970029970029")]
    [InlineData("25.12345678")]
    public void What_is_not_a_usable_rate_is_refused(string? text) => Assert.False(FrameRates.TryParse(text, out _));

    [Fact]
    public void The_error_names_the_text_and_what_to_write() =>
        Assert.Contains("'quick' is not a frame rate: write a number", Assert.Throws<FormatException>(() => FrameRates.Parse("quick")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(3_200, 5)] // 0.2 s: 4.8 frames
    [InlineData(1, 1)] // never an empty video
    [InlineData(0, 1)]
    [InlineData(1_000, 2)] // 1.5 frames: halves go up
    [InlineData(57_611_200, 86_417)] // 3600.7 s: 86416.8
    public void The_timeline_is_as_long_as_the_sound(long samples, long frames) =>
        Assert.Equal(frames, new FrameRate(24, 1).FrameCount(samples, 16000));

    [Theory]
    [InlineData(30000, 1001, 57_611_200, 107_913)] // 3600.7 s × 29.97… = 107913.1
    [InlineData(24, 1, long.MaxValue / 2, 6_917_529_027_641_082)] // no overflow on the way: 4.6e18 × 24 needs more than 64 bits
    public void Long_recordings_are_counted_exactly(int numerator, int denominator, long samples, long frames) =>
        Assert.Equal(frames, new FrameRate(numerator, denominator).FrameCount(samples, 16000));

    [Fact]
    public void The_count_is_the_exact_quotient_rounded_half_away_from_zero() =>
        Prop.ForAll<NonNegativeInt, PositiveInt, PositiveInt>((samples, n, d) =>
        {
            FrameRate rate = new((n.Get % 240_000) + 1, (d.Get % 1001) + 1);
            BigInteger twice = 2 * (BigInteger)samples.Get * rate.Numerator;
            BigInteger unit = (BigInteger)44100 * rate.Denominator;
            BigInteger expected = (twice + unit) / (2 * unit); // floor(x + ½) for x ≥ 0
            return rate.FrameCount(samples.Get, 44100) == BigInteger.Max(1, expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_survives_the_way_to_its_time_and_back() =>
        Prop.ForAll<PositiveInt>(frame => new FrameRate[] { new(24, 1), Ntsc, new(25, 1), new(60000, 1001), new(240, 1) }.All(rate =>
            rate.FrameAt(rate.TimeAt(frame.Get)) == frame.Get
            && rate.FrameCount(rate.SampleAt(frame.Get, 16000), 16000) == frame.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Seconds_and_samples_of_a_frame_do_not_drift_over_hours()
    {
        const long Frame = 3 * 107_892; // 3 h, less a little
        Assert.Equal(Frame * 1001m / 30000m, Ntsc.SecondsAt(Frame));
        Assert.Equal(172_799_827, Ntsc.SampleAt(Frame, 16000)); // 323676 · 1001/30000 · 16000 = 172799827.2
        Assert.Equal(TimeSpan.FromSeconds(1), new FrameRate(24, 1).TimeAt(24));
        Assert.Equal(-0.5m / 24, new FrameRate(24, 1).SecondsAt(-0.5m));
    }

    [Theory]
    [InlineData(24, 1, "24")]
    [InlineData(30000, 1001, "30000/1001")]
    public void A_rate_is_written_as_it_is_read(int numerator, int denominator, string text) =>
        Assert.Equal(text, new FrameRate(numerator, denominator).ToText());

    [Fact]
    public void A_rate_that_is_no_rate_is_a_bug_not_a_division_by_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(FrameRate).FrameCount(16000, 16000));
}
