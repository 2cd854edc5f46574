using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Media.Tests;

public sealed class VideoJoinerTests
{
    public static TheoryData<int, int, double> RatesAndDurations()
    {
        TheoryData<int, int, double> data = [];
        foreach (FrameRate rate in Samples.Rates)
            foreach (double seconds in (double[])[0.2, 1, 9.99, 61.3])
                data.Add(rate.Numerator, rate.Denominator, seconds);
        return data;
    }

    [Theory]
    [MemberData(nameof(RatesAndDurations))]
    public async Task The_video_has_exactly_the_frames_of_the_timeline_and_the_sound_their_length(int numerator, int denominator, double seconds)
    {
        using Scratch scratch = new();
        FrameRate rate = new(numerator, denominator);
        long frames = (long)Math.Round(seconds * numerator / denominator);
        await Samples.ToneAsync(scratch["tone.wav"], seconds, rate: 16000);
        string output = await JoinAsync(scratch, Samples.AnEncoding(rate), Cut(frames, 100, 8), "out.mp4", frames);

        MediaInfo info = await new MediaProbe(MediaTools.FromPath).ReadAsync(output, CancellationToken.None, countPackets: true);
        double exactSeconds = (double)frames * denominator / numerator;
        Assert.Equal(frames, info.Video!.PacketCount);
        Assert.Equal(exactSeconds, info.Video.Duration!.Value.TotalSeconds, 4);
        Assert.Equal(exactSeconds, info.Audio!.Duration!.Value.TotalSeconds, 4);
        await AssertEvenStepsAsync(output, rate, frames);
    }

    /// <summary>Interiors of 100 frames and borders of 8, as segments leave them; the last one takes the rest.</summary>
    private static IEnumerable<long> Cut(long frames, long interior, long border)
    {
        bool isBorder = false;
        while (frames > 0)
        {
            long take = Math.Min(frames, isBorder ? border : interior);
            yield return take;
            frames -= take;
            isBorder = !isBorder;
        }
    }

    private static async Task<string> JoinAsync(Scratch scratch, VideoEncoding encoding, IEnumerable<long> lengths, string name, long frames)
    {
        await new AudioTrackEncoder(MediaTools.FromPath)
            .EncodeAsync(scratch["tone.wav"], frames, encoding.FrameRate, scratch["tone.m4a"], CancellationToken.None);
        List<string> chunks = [];
        long first = 0;
        foreach (long length in lengths)
        {
            string chunk = scratch[string.Create(CultureInfo.InvariantCulture, $"{chunks.Count}{ChunkArguments.Extension(encoding.Codec)}")];
            chunks.Add(await Samples.ChunkAsync(chunk, encoding, first, length));
            first += length;
        }

        await new VideoJoiner(MediaTools.FromPath).JoinAsync(
            new VideoJoin
            {
                ChunkPaths = chunks,
                AudioTrackPath = scratch["tone.m4a"],
                FrameCount = frames,
                Encoding = encoding,
                Labels = Samples.SomeLabels,
                OutputPath = scratch[name],
            },
            CancellationToken.None);
        return scratch[name];
    }

    private static async Task AssertEvenStepsAsync(string path, FrameRate rate, long frames)
    {
        VideoTiming timing = VideoTiming.Of(rate);
        long[] shown = [.. (await Samples.PacketsAsync(path, "v:0", "pts"))
            .Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture)).Order()];
        Assert.Equal(frames, shown.Length);
        Assert.All(shown.Index(), frame => Assert.Equal(frame.Index * timing.TicksPerFrame, frame.Item));
    }
}
