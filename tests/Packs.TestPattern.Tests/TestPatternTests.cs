using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;
using RenderFarm.Media;

namespace RenderFarm.Packs.TestPattern.Tests;

public sealed class TestPatternTests
{
    [Fact]
    public void Every_stamp_is_read_back_from_its_picture()
    {
        Gen<(int Frame, bool Click, float Element, int Size)> all =
            from frame in Gen.Choose(0, (1 << 24) - 1)
            from click in ArbMap.Default.GeneratorFor<bool>()
            from element in Gen.Choose(-1000, 1000)
            from size in Gen.Elements(64, 80, 256, 1024)
            select (frame, click, element / 1000f, size);
        Prop.ForAll(all.ToArbitrary(), drawn =>
        {
            byte[] rgb = Draw(drawn.Frame, drawn.Click, drawn.Element, drawn.Size);
            return TestPatternReader.Read(rgb, drawn.Size) is { } stamp && stamp.FrameNumber == drawn.Frame && stamp.Marker == drawn.Click;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_picture_with_one_wrong_cell_is_no_stamp()
    {
        for (int cell = 0; cell < 64; cell++)
        {
            byte[] rgb = Draw(123456, true, 0.5f, 64);
            for (int y = 0; y < 8; y++)
                for (int i = 0; i < 24; i++)
                    rgb[(((((cell / 8) * 8) + y) * 64) * 3) + ((cell % 8) * 24) + i] ^= 255;
            Assert.Null(TestPatternReader.Read(rgb, 64));
        }
    }

    [Fact]
    public void One_bit_of_a_latent_changes_the_hash()
    {
        byte[] one = Draw(7, false, 0.5f, 64);
        byte[] other = Draw(7, false, MathF.BitIncrement(0.5f), 64);
        Assert.NotEqual(TestPatternReader.Read(one, 64)!.Value.LatentHash, TestPatternReader.Read(other, 64)!.Value.LatentHash);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(35)]
    public async Task The_stamp_survives_h264_at_the_smallest_size(int crf)
    {
        string folder = Directory.CreateTempSubdirectory("renderfarm-pattern-").FullName;
        try
        {
            string path = Path.Combine(folder, "chunk.mp4");
            VideoEncoding encoding = new() { Codec = VideoCodec.H264, Crf = crf, FrameRate = new FrameRate(30, 1), SizePixels = 64 };
            await using (ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, encoding, path))
            {
                for (int frame = 0; frame < 100; frame++)
                    await encoder.WriteAsync(Draw(1_000_000 + (frame * 977), frame % 7 == 0, frame, 64), CancellationToken.None);
                await encoder.FinishAsync(CancellationToken.None);
            }

            await using MediaProcess decoder = MediaProcess.Start("ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]);
            byte[] rgb = new byte[64 * 64 * 3];
            for (int frame = 0; frame < 100; frame++)
            {
                Assert.Equal(rgb.Length, await decoder.ReadAtLeastAsync(rgb, rgb.Length, CancellationToken.None));
                TestPatternStamp stamp = TestPatternReader.Read(rgb, 64)!.Value;
                Assert.Equal((1_000_000 + (frame * 977), frame % 7 == 0), (stamp.FrameNumber, stamp.Marker));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(30000, 1001)]
    public async Task A_click_marks_the_frame_it_falls_in_and_no_other(int numerator, int denominator)
    {
        FrameRate rate = new(numerator, denominator);
        foreach (long frame in (long[])[0, 1, 31, 32, 107_891])
        {
            (long first, long end) = ClickMarks.Samples(frame, rate);
            foreach (long click in (long[])[first, end - 1])
            {
                long from = Math.Max(0, frame - 40);
                bool[] marks = await ClickMarks.FindAsync(new OneClick(click), new FrameRange(from, frame + 40), rate, CancellationToken.None);
                Assert.Equal([frame], marks.Index().Where(mark => mark.Item).Select(mark => from + mark.Index));
            }
        }
    }

    [Fact]
    public void The_denoiser_recovers_the_mean_when_only_noise_is_left()
    {
        using TestPatternModel model = new(new FrameRange(0, 12), new bool[12], 64);
        float[] noise = [.. Enumerable.Range(0, 12 * TestPatternModel.Elements).Select(i => MathF.Sin(i))];
        float[] velocity = new float[noise.Length];

        model.PredictVelocity([.. Enumerable.Range(0, 12)], 999, 0, noise, velocity, CancellationToken.None);

        for (int i = 0; i < noise.Length; i++)
            Assert.Equal(-TestPatternModel.Mean(i / TestPatternModel.Elements, i % TestPatternModel.Elements), velocity[i], 5);
    }

    private static byte[] Draw(long frame, bool click, float element, int size)
    {
        using TestPatternModel model = new(new FrameRange(frame, frame + 1), [click], size);
        byte[] rgb = new byte[size * size * 3];
        model.Decode(frame, [.. Enumerable.Repeat(element, TestPatternModel.Elements)], rgb, CancellationToken.None);
        return rgb;
    }

    private sealed class OneClick(long at) : IPcmTrack
    {
        public long SampleCount => long.MaxValue;

        public ValueTask ReadAsync(long firstSample, Memory<float> samples, CancellationToken cancellationToken)
        {
            samples.Span.Clear();
            if (at >= firstSample && at < firstSample + samples.Length)
                samples.Span[(int)(at - firstSample)] = -0.8f;
            return ValueTask.CompletedTask;
        }
    }
}
