using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

public sealed class ChunkEncoderTests
{
    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Ffv1)]
    public async Task Equal_frames_make_equal_files(VideoCodec codec)
    {
        using Scratch scratch = new();
        byte[] one = await File.ReadAllBytesAsync(await Samples.ChunkAsync(scratch["one"], Samples.AnEncoding(codec: codec), 5, 30));
        byte[] two = await File.ReadAllBytesAsync(await Samples.ChunkAsync(scratch["two"], Samples.AnEncoding(codec: codec), 5, 30));
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(66)]
    [InlineData(512)]
    public async Task Ffv1_gives_every_byte_back(int size)
    {
        using Scratch scratch = new();
        string chunk = await Samples.ChunkAsync(scratch["chunk.mov"], Samples.AnEncoding(codec: VideoCodec.Ffv1, size: size), 0, 3);
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(i => Samples.Frame(i, size)), await Samples.DecodeAsync(chunk));
    }

    [Theory]
    [InlineData(200, 30, 40)]
    [InlineData(30, 160, 60)]
    [InlineData(20, 40, 220)]
    [InlineData(255, 255, 255)]
    [InlineData(0, 0, 0)]
    [InlineData(224, 172, 150)]
    public async Task A_colour_comes_back_from_h264_as_it_went_in(byte r, byte g, byte b)
    {
        using Scratch scratch = new();
        byte[] frame = [.. Enumerable.Repeat((byte[])[r, g, b], 64 * 64).SelectMany(pixel => pixel)];
        await using (ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, Samples.AnEncoding(crf: 10), scratch["chunk.mp4"]))
        {
            await encoder.WriteAsync(frame, CancellationToken.None);
            await encoder.FinishAsync(CancellationToken.None);
        }

        byte[] shown = await Samples.DecodeAsync(scratch["chunk.mp4"]);

        Assert.All(shown.Zip(frame), pair => Assert.InRange(pair.First, pair.Second - 4, pair.Second + 4));
    }

    [Fact]
    public async Task The_file_says_which_colours_it_holds()
    {
        using Scratch scratch = new();
        await Samples.ChunkAsync(scratch["chunk.mp4"], Samples.AnEncoding(), 0, 1);
        await using MediaProcess probe = MediaProcess.Start(
            "ffprobe", ["-v", "error", "-show_entries", "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries,chroma_location", "-of", "csv=p=0", scratch["chunk.mp4"]]);
        byte[] text = new byte[256];
        int count = await probe.ReadAtLeastAsync(text, text.Length, CancellationToken.None);
        Assert.Equal("yuv420p,tv,bt709,bt709,bt709,left", System.Text.Encoding.ASCII.GetString(text, 0, count).Trim());
    }

    [Fact]
    public async Task Nothing_appears_under_the_name_before_the_chunk_is_whole()
    {
        using Scratch scratch = new();
        await using (ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, Samples.AnEncoding(), scratch["chunk.mp4"]))
        {
            for (int i = 0; i < 50; i++)
                await encoder.WriteAsync(Samples.Frame(i, 64), CancellationToken.None);
            Assert.DoesNotContain("chunk.mp4", scratch.Names);
        }

        Assert.Empty(scratch.Names);
    }

    [Fact]
    public async Task A_full_disk_is_one_sentence_that_names_the_folder()
    {
        using Scratch scratch = new();
        // The partial file is a device that is always full.
        File.CreateSymbolicLink(scratch["chunk.mp4.partial"], "/dev/full");
        await using ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, Samples.AnEncoding(size: 512), scratch["chunk.mp4"]);

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(async () =>
        {
            for (int i = 0; i < 200; i++)
                await encoder.WriteAsync(Samples.Frame(i, 512), CancellationToken.None);
            await encoder.FinishAsync(CancellationToken.None);
        });

        Assert.Contains($"The disk that holds the folder '{scratch.Folder}' is full", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_encoder_is_worth_another_try()
    {
        using Scratch scratch = new();
        MediaTools tools = await Samples.PretendedFfmpegAsync(scratch, "head -c 1000 >/dev/null\nkill -KILL $$");
        await using ChunkEncoder encoder = ChunkEncoder.Start(tools, Samples.AnEncoding(), scratch["chunk.mp4"]);

        await Assert.ThrowsAsync<TransientException>(async () =>
        {
            for (int i = 0; i < 100_000; i++)
                await encoder.WriteAsync(Samples.Frame(0, 64), CancellationToken.None);
        });
    }

    [Fact]
    public async Task Without_ffmpeg_the_user_is_told_to_install_it()
    {
        using Scratch scratch = new();
        PermanentException refused = Assert.Throws<PermanentException>(
            () => ChunkEncoder.Start(new MediaTools("/nowhere/ffmpeg", "ffprobe"), Samples.AnEncoding(), scratch["chunk.mp4"]));
        Assert.Contains("install ffmpeg", refused.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_waiting_caller_is_released_by_cancellation()
    {
        using Scratch scratch = new();
        MediaTools tools = await Samples.PretendedFfmpegAsync(scratch, "exec sleep 600");
        using CancellationTokenSource source = new();
        await using ChunkEncoder encoder = ChunkEncoder.Start(tools, Samples.AnEncoding(size: 512), scratch["chunk.mp4"]);
        byte[] frame = Samples.Frame(0, 512);
        Task writing = Task.Run(async () =>
        {
            while (true)
                await encoder.WriteAsync(frame, source.Token);
        });

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }
}
