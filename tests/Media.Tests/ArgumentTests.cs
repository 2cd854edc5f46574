using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;

namespace RenderFarm.Media.Tests;

/// <summary>What holds for the arguments whatever the names and settings are.</summary>
public sealed class ArgumentTests
{
    private static readonly Arbitrary<string> Names =
        ArbMap.Default.ArbFor<NonEmptyString>().Generator
            .Select(name => "/" + name.Get.Replace('\0', '0'))
            .Where(path => Path.GetFullPath(path) == path)
            .ToArbitrary();

    [Fact]
    public void A_users_file_is_named_once_with_the_file_prefix_and_behind_both_whitelists() => Prop.ForAll(Names, path =>
    {
        IReadOnlyList<string>[] commands = [AudioDecoder.Decode(path, PcmFormat.Mono16Khz), MediaProbe.Describe(path, countPackets: true)];
        return commands.All(arguments =>
        {
            int input = arguments.ToList().IndexOf("-i");
            return arguments[input + 1] == "file:" + path
                && arguments.Count(argument => argument.Contains(path, StringComparison.Ordinal)) == 1
                && After(arguments, "-protocol_whitelist") == "file,pipe"
                && After(arguments, "-format_whitelist") == string.Join(',', InputArguments.Containers);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_demuxer_that_opens_other_files_is_allowed() => Assert.Empty(InputArguments.Containers.Intersect(
        ["hls", "concat", "sdp", "rtsp", "rtp", "dash", "imf", "image2", "image2pipe", "lavfi", "webm_dash_manifest", "tty", "ffmetadata", "svg_pipe", "vapoursynth", "avisynth"]));

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Gif)]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Avif)]
    public void A_portrait_reaches_the_decoder_through_the_pipe_alone(ImageFormat format)
    {
        IReadOnlyList<string> arguments = ImageDecoder.Decode(format, 1000);
        Assert.Equal("pipe", After(arguments, "-protocol_whitelist"));
        Assert.Equal("pipe:0", After(arguments, "-i"));
        Assert.NotEqual("image2", After(arguments, "-f"));
        Assert.Equal("67108864", After(arguments, "-max_pixels"));
    }

    [Fact]
    public void Chunks_of_equal_settings_are_encoded_with_equal_arguments_but_for_their_name()
    {
        Arbitrary<(int Crf, int Size, FrameRate Rate, VideoCodec Codec)> all = (
            from crf in Gen.Choose(0, 51)
            from size in Gen.Choose(8, 512)
            from rate in Gen.Elements(Samples.Rates)
            from codec in Gen.Elements(VideoCodec.H264, VideoCodec.Ffv1)
            select (crf, 2 * size, rate, codec)).ToArbitrary();
        Prop.ForAll(all, drawn =>
        {
            VideoEncoding encoding = Samples.AnEncoding(drawn.Rate, drawn.Codec, drawn.Size, drawn.Crf);
            IReadOnlyList<string> one = ChunkArguments.Encode(encoding, "/a/one");
            IReadOnlyList<string> two = ChunkArguments.Encode(encoding, "/a/two");
            return one.SkipLast(1).SequenceEqual(two.SkipLast(1)) && one[^1] == "file:/a/one" && After(one, "-threads") == "1";
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_codec_we_do_not_know_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkArguments.Encode(Samples.AnEncoding(codec: (VideoCodec)7), "/a"));

    [Fact]
    public void A_chunk_list_holds_every_name_between_quotes() => Assert.Equal(
        "file 'file:/a/plain.mp4'\nfile 'file:/a/it'\\''s %03d.mp4'\n",
        System.Text.Encoding.UTF8.GetString(JoinArguments.ChunkList(["/a/plain.mp4", "/a/it's %03d.mp4"])));

    [Fact]
    public void A_chunk_list_cannot_be_given_a_second_line() => Assert.Throws<ArgumentException>(() => JoinArguments.ChunkList(["/a\nfile /etc/passwd"]));

    [Fact]
    public void A_frame_is_a_whole_number_of_ticks_at_every_rate()
    {
        Arbitrary<FrameRate> rates = (
            from numerator in Gen.Choose(1, 240000)
            from denominator in Gen.Choose(1, 1001)
            select new FrameRate(numerator, denominator)).ToArbitrary();
        Prop.ForAll(rates, rate =>
        {
            VideoTiming timing = VideoTiming.Of(rate);
            return (long)timing.TicksPerFrame * rate.Numerator == (long)timing.TicksPerSecond * rate.Denominator && timing.TicksPerSecond >= 10000;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(8000, 1, 16000, 1)]
    [InlineData(16000, 1, 16000, 1)]
    [InlineData(22050, 2, 22050, 2)]
    [InlineData(44100, 6, 44100, 2)]
    [InlineData(37800, 1, 44100, 1)]
    [InlineData(192000, 2, 48000, 2)]
    [InlineData(0, 0, 16000, 2)]
    public void The_track_keeps_the_rate_of_the_source_where_aac_knows_it(int rate, int channels, int trackRate, int trackChannels) =>
        Assert.Equal(
            new PcmFormat(trackRate, trackChannels),
            AudioTrackArguments.FormatFor(new MediaTrack { Index = 0, Kind = TrackKind.Audio, Codec = "x", SampleRateHz = rate, Channels = channels }));

    [Theory]
    [InlineData(24, 24, 1, 48000, 48000)]
    [InlineData(1, 30000, 1001, 48000, 1602)] // 1601.6
    [InlineData(107913, 30000, 1001, 48000, 172833461)] // an hour and a bit: 172,833,460.8
    [InlineData(86417, 24, 1, 44100, 158791238)] // 158,791,237.5, rounded up
    public void The_sound_lasts_as_long_as_the_frames(long frames, int numerator, int denominator, int sampleRate, long samples) =>
        Assert.Equal(samples, AudioTrackEncoder.SampleCount(frames, new FrameRate(numerator, denominator), sampleRate));

    private static string After(IReadOnlyList<string> arguments, string option) => arguments[arguments.ToList().IndexOf(option) + 1];
}
