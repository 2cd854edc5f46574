using System.Globalization;
using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

public sealed class VideoJoinerTests
{
    private static readonly MediaProbe Probe = new(MediaTools.FromPath);

    public static TheoryData<int, int, double> RatesAndDurations()
    {
        TheoryData<int, int, double> data = [];
        foreach (FrameRate rate in Samples.Rates)
            foreach (double seconds in (double[])[0.2, 1, 9.99, 61.3])
                data.Add(rate.Numerator, rate.Denominator, seconds);
        return data;
    }

    public static TheoryData<int, int> Rates()
    {
        TheoryData<int, int> data = [];
        foreach (FrameRate rate in Samples.Rates)
            data.Add(rate.Numerator, rate.Denominator);
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

        string output = await JoinAsync(scratch, Samples.AnEncoding(rate), Cut(frames, 100, 8), "out.mp4");

        await AssertExactAsync(output, rate, frames);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task Hundreds_of_tiny_chunks_leave_every_timestamp_on_the_grid(int numerator, int denominator)
    {
        using Scratch scratch = new();
        FrameRate rate = new(numerator, denominator);
        long[] lengths = [.. Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? 1L : i % 3 == 1 ? 8L : 5L)];
        await Samples.ToneAsync(scratch["tone.wav"], 1, rate: 16000);

        string output = await JoinAsync(scratch, Samples.AnEncoding(rate), lengths, "out.mp4");

        await AssertExactAsync(output, rate, lengths.Sum());
    }

    /// <summary>The hour of the promise: 3600.7 s in 20-second segments with borders between them.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    [Trait("Category", "Long")]
    public async Task An_hour_ends_on_the_frame_it_should(int numerator, int denominator)
    {
        using Scratch scratch = new();
        FrameRate rate = new(numerator, denominator);
        long frames = (long)Math.Round(3600.7 * numerator / denominator);
        await Samples.ToneAsync(scratch["tone.wav"], 3600.7, rate: 16000);

        string output = await JoinAsync(scratch, Samples.AnEncoding(rate), Cut(frames, 472, 8), "out.mp4");

        await AssertExactAsync(output, rate, frames);
    }

    [Theory]
    [InlineData(VideoCodec.H264, "out.mp4", "mov")]
    [InlineData(VideoCodec.H264, "out.mov", "mov")]
    [InlineData(VideoCodec.H264, "out.mkv", "matroska")]
    [InlineData(VideoCodec.Ffv1, "out.mkv", "matroska")]
    [InlineData(VideoCodec.Ffv1, "out.mov", "mov")]
    [InlineData(VideoCodec.Ffv1, "out.mp4", "mov")]
    public async Task Joining_changes_no_pixel_and_no_order(VideoCodec codec, string name, string family)
    {
        using Scratch scratch = new();
        VideoEncoding encoding = Samples.AnEncoding(codec: codec);
        await Samples.ToneAsync(scratch["tone.wav"], 1);
        List<string> chunks = [];
        List<byte> expected = [];
        long first = 0;
        foreach (long length in (long[])[20, 8, 1, 8, 13])
        {
            chunks.Add(await Samples.ChunkAsync(scratch[$"{first}{ChunkArguments.Extension(codec)}"], encoding, first, length));
            expected.AddRange(await Samples.DecodeAsync(chunks[^1]));
            first += length;
        }

        string output = await JoinAsync(scratch, encoding, chunks, first, name);

        Assert.Equal(expected, await Samples.DecodeAsync(output));
        if (codec == VideoCodec.Ffv1)
            Assert.Equal(Enumerable.Range(0, (int)first).SelectMany(i => Samples.Frame(i, 64)), expected);
        MediaInfo info = await Probe.ReadAsync(output, CancellationToken.None);
        Assert.Contains(family, info.Format, StringComparison.Ordinal);
        Assert.Equal(("24/1", "aac"), (info.Video!.AverageFrameRate, info.Audio!.Codec));
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Ffv1)]
    public async Task Matroska_shows_every_frame_at_its_time(VideoCodec codec)
    {
        using Scratch scratch = new();
        VideoEncoding encoding = Samples.AnEncoding(new FrameRate(30000, 1001), codec);
        await Samples.ToneAsync(scratch["tone.wav"], 3);
        long[] lengths = [40, 8, 1, 8, 33];

        string output = await JoinAsync(scratch, encoding, lengths, "out.mkv");

        string[] listed = await Samples.PacketsAsync(output, "v:0", "pts_time");
        double[] times = [.. listed.Select(line => double.Parse(line.Trim(','), CultureInfo.InvariantCulture)).Order()];
        Assert.Equal(lengths.Sum(), times.Length);
        for (int frame = 0; frame < times.Length; frame++)
            Assert.Equal(frame * 1001 / 30000.0, times[frame] - times[0], 0.0011);
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mov")]
    [InlineData("out.mkv")]
    public async Task The_finished_file_says_that_it_was_made_by_an_algorithm(string name)
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 1);
        VideoLabels labels = new() { Title = "-Über \"<tricks>\" & 'quotes' = 100%\u0001", Generator = "RenderFarm puppet 1.0" };

        string output = await JoinAsync(scratch, Samples.AnEncoding(), [24], name, labels);

        Provenance found = await new ProvenanceReader(MediaTools.FromPath).ReadAsync(output, CancellationToken.None);
        Assert.Equal("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", found.DigitalSourceType);
        Assert.Equal(labels.Generator, found.Generator);
        Assert.Equal(labels.Title, found.Title);
        Assert.StartsWith("AI-generated", found.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_player_can_start_before_the_file_is_loaded()
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 1);

        byte[] file = await File.ReadAllBytesAsync(await JoinAsync(scratch, Samples.AnEncoding(), [24], "out.mp4"));

        Assert.InRange(file.AsSpan().IndexOf("moov"u8), 1, file.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task A_missing_frame_is_noticed_and_no_video_appears()
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 1);
        string chunk = await Samples.ChunkAsync(scratch["a.mp4"], Samples.AnEncoding(), 0, 23);

        await Assert.ThrowsAsync<TransientException>(() => JoinAsync(scratch, Samples.AnEncoding(), [chunk], 24, "out.mp4"));

        Assert.DoesNotContain(scratch.Names, name => name.StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_with_quotes_spaces_and_patterns_are_just_names()
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 1);
        string[] chunks =
        [
            await Samples.ChunkAsync(scratch["it's a %03d #1.mp4"], Samples.AnEncoding(), 0, 10),
            await Samples.ChunkAsync(scratch["-i file:x\\y.mp4"], Samples.AnEncoding(), 10, 10),
        ];

        string output = await JoinAsync(scratch, Samples.AnEncoding(), chunks, 20, "out '%d'.mp4");

        Assert.Equal(20, (await Probe.ReadAsync(output, CancellationToken.None)).Video!.PacketCount);
    }

    /// <summary>Interiors and borders between them, as segments leave them; the last one takes the rest.</summary>
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

    /// <summary>Joins chunks of these lengths; chunks of equal length are the same file.</summary>
    private static async Task<string> JoinAsync(
        Scratch scratch, VideoEncoding encoding, IEnumerable<long> lengths, string name, VideoLabels? labels = null)
    {
        List<string> chunks = [];
        foreach (long length in lengths)
        {
            string chunk = scratch[string.Create(CultureInfo.InvariantCulture, $"{length}{ChunkArguments.Extension(encoding.Codec)}")];
            chunks.Add(File.Exists(chunk) ? chunk : await Samples.ChunkAsync(chunk, encoding, 0, length));
        }

        return await JoinAsync(scratch, encoding, chunks, lengths.Sum(), name, labels);
    }

    private static async Task<string> JoinAsync(
        Scratch scratch, VideoEncoding encoding, IReadOnlyList<string> chunks, long frames, string name, VideoLabels? labels = null)
    {
        await new AudioTrackEncoder(MediaTools.FromPath)
            .EncodeAsync(scratch["tone.wav"], frames, encoding.FrameRate, scratch["tone.m4a"], CancellationToken.None);
        VideoJoin join = new()
        {
            ChunkPaths = chunks,
            AudioTrackPath = scratch["tone.m4a"],
            FrameCount = frames,
            Encoding = encoding,
            Labels = labels ?? Samples.SomeLabels,
            OutputPath = scratch[name],
        };
        await new VideoJoiner(MediaTools.FromPath).JoinAsync(join, CancellationToken.None);
        return scratch[name];
    }

    private static async Task AssertExactAsync(string path, FrameRate rate, long frames)
    {
        VideoTiming timing = VideoTiming.Of(rate);
        MediaInfo info = await Probe.ReadAsync(path, CancellationToken.None);
        double exactSeconds = (double)frames * rate.Denominator / rate.Numerator;
        Assert.Equal(exactSeconds, info.Video!.Duration!.Value.TotalSeconds, 3);
        Assert.Equal(exactSeconds, info.Audio!.Duration!.Value.TotalSeconds, 3);
        Assert.Equal(VideoTiming.Text(rate), info.Video.AverageFrameRate);
        long[] shown = [.. (await Samples.PacketsAsync(path, "v:0", "pts")).Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture)).Order()];
        long[] decoded = [.. (await Samples.PacketsAsync(path, "v:0", "dts")).Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture))];
        Assert.All(decoded.Zip(decoded.Skip(1)), pair => Assert.Equal(timing.TicksPerFrame, pair.Second - pair.First));
        Assert.Equal(Enumerable.Range(0, (int)frames).Select(frame => (long)frame * timing.TicksPerFrame), shown);
    }
}
