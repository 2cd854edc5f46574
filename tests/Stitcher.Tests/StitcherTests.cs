using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;
using RenderFarm.Media;
using RenderFarm.Stitcher.Borders;

namespace RenderFarm.Stitcher.Tests;

public sealed class StitcherTests
{
    [Fact]
    public async Task An_equal_border_is_encoded_as_it_is()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] frames = StitcherFarm.Frames(8, seed: 1);
        await stitcher.Farm.SendAsync(await stitcher.ABorderAsync(frames, frames));

        BorderBlended blended = await stitcher.Events.NextAsync<BorderBlended>();
        Assert.Equal((3, 2, 0, 0.0), (blended.BorderIndex, blended.Attempt, blended.MaxDifference, blended.MeanDifference));
        Assert.Equal(frames, await Pixels.OfAsync(await stitcher.Farm.GetAsync(blended.OutputKey)));
    }

    [Fact]
    public async Task An_unequal_border_is_faded_and_the_difference_is_told()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] left = StitcherFarm.Frames(4, seed: 1);
        byte[] right = [.. left];
        right[5] = (byte)(left[5] ^ 0x80); // 128 apart
        right[^1] = (byte)(left[^1] ^ 0x20); // 32 apart
        await stitcher.Farm.SendAsync(await stitcher.ABorderAsync(left, right));

        BorderBlended blended = await stitcher.Events.NextAsync<BorderBlended>();
        Assert.Equal(128, blended.MaxDifference);
        Assert.Equal(160.0 / left.Length, blended.MeanDifference, 12);
        byte[] expected = [.. left];
        for (int i = 0; i < 4; i++)
            CrossFade.Blend(i, 4, expected.AsSpan(i * StitcherFarm.FrameBytes, StitcherFarm.FrameBytes), right.AsSpan(i * StitcherFarm.FrameBytes, StitcherFarm.FrameBytes));
        Assert.NotEqual(left, expected);
        Assert.Equal(expected, await Pixels.OfAsync(await stitcher.Farm.GetAsync(blended.OutputKey)));
    }

    [Fact]
    public async Task Chunks_and_audio_become_one_video_with_every_frame_in_order()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] first = StitcherFarm.Frames(30, seed: 1);
        byte[] second = StitcherFarm.Frames(43, seed: 2);
        await stitcher.Farm.SendAsync(await stitcher.AVideoAsync(first, second));

        VideoMuxed muxed = await stitcher.Events.NextAsync<VideoMuxed>();
        byte[] video = await stitcher.Farm.GetAsync(muxed.OutputKey);
        Assert.Equal(video.Length, muxed.SizeBytes);
        byte[] expected = [.. first, .. second];
        Assert.Equal(expected, await Pixels.OfAsync(video));
        string path = Path.Combine(stitcher.Farm.Folder, "video.mkv");
        await File.WriteAllBytesAsync(path, video);
        MediaInfo info = await new MediaProbe(MediaTools.FromPath).ReadAsync(path, default);
        Assert.NotNull(info.Audio);
        Assert.Empty(stitcher.LeftFiles);
    }

    [Fact]
    public async Task Every_task_may_be_delivered_twice()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] frames = StitcherFarm.Frames(8, seed: 1);
        MuxVideo mux = await stitcher.AVideoAsync(frames, frames);
        BlendBorder blend = await stitcher.ABorderAsync(frames, frames);
        EncodeAudio audio = stitcher.AnAudio(16);
        await Task.WhenAll(stitcher.Farm.SendAsync(mux), stitcher.Farm.SendAsync(mux), stitcher.Farm.SendAsync(blend), stitcher.Farm.SendAsync(blend), stitcher.Farm.SendAsync(audio));

        AllEqual(await stitcher.Events.WaitAsync<VideoMuxed>(2));
        AllEqual(await stitcher.Events.WaitAsync<BorderBlended>(2));
        AllEqual(await stitcher.Events.WaitAsync<AudioEncoded>(2));
        Assert.Empty(stitcher.Events.Of<StitchFailed>());
    }

    [Fact]
    public async Task Sound_that_cannot_be_read_is_told_without_a_local_path()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        await stitcher.Farm.PutAsync("in/audio", "this is no sound"u8.ToArray());
        await stitcher.Farm.SendAsync(stitcher.AnAudio(24));

        StitchFailed failed = await stitcher.Events.NextAsync<StitchFailed>();
        Assert.Equal((StitchTask.EncodeAudio, 0, 1, FailureKind.Rendering), (failed.Task, failed.Index, failed.Attempt, failed.Kind));
        Assert.StartsWith("The audio is not a sound file", failed.Sentence, StringComparison.Ordinal);
        Assert.Empty(stitcher.LeftFiles);
    }

    [Fact]
    public async Task A_border_that_is_not_there_is_the_surroundings_and_one_of_a_wrong_size_is_not()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] frames = StitcherFarm.Frames(4, seed: 1);
        BlendBorder border = await stitcher.ABorderAsync(frames, frames);
        await stitcher.Farm.SendAsync(border with { LeftKey = "absent.rgb" });
        StitchFailed absent = await stitcher.Events.NextAsync<StitchFailed>();
        Assert.Equal((StitchTask.BlendBorder, 3, FailureKind.Infrastructure), (absent.Task, absent.Index, absent.Kind));

        await stitcher.Farm.SendAsync(border with { Frames = new FrameRange(100, 105) });
        StitchFailed tooShort = (await stitcher.Events.WaitAsync<StitchFailed>(2))[1];
        Assert.Equal(FailureKind.Rendering, tooShort.Kind);
        Assert.Contains("bytes instead of", tooShort.Sentence, StringComparison.Ordinal);
        Assert.Empty(stitcher.LeftFiles);
    }

    [Fact]
    public async Task Chunks_that_do_not_hold_all_frames_are_no_video()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        byte[] frames = StitcherFarm.Frames(8, seed: 1);
        MuxVideo mux = await stitcher.AVideoAsync(frames, frames);
        await stitcher.Farm.SendAsync(mux with { FrameCount = 17 });

        StitchFailed failed = await stitcher.Events.NextAsync<StitchFailed>();
        Assert.Equal(StitchTask.MuxVideo, failed.Task);
        Assert.Null(await stitcher.Farm.Store.StatAsync(mux.OutputKey, default));
        Assert.Empty(stitcher.LeftFiles);
    }

    [Fact]
    public async Task Cancelling_the_job_ends_the_encoder_and_tells_nothing()
    {
        await using StitcherFarm stitcher = await StitcherFarm.StartAsync();
        await stitcher.Farm.PutAsync("in/audio", Inputs.Wav(600)); // takes long enough to be met at work
        await stitcher.Farm.SendAsync(stitcher.AnAudio(600 * 24));
        while (ChildProcesses.Mentioning(stitcher.WorkFolder).Count == 0)
            await Task.Delay(10);
        await stitcher.Farm.PublishAsync(new JobCancelled { JobId = stitcher.JobId });

        // Only one track is encoded at a time, so the next one's event comes when the first has ended.
        await stitcher.Farm.PutAsync("in/other", Inputs.Wav(1));
        await stitcher.Farm.SendAsync(stitcher.AnAudio(24) with { JobId = Guid.NewGuid(), AudioKey = "in/other", OutputKey = "track/other.m4a" });
        await stitcher.Events.NextAsync<AudioEncoded>();
        Assert.Single(stitcher.Events.Of<AudioEncoded>());
        Assert.Empty(stitcher.Events.Of<StitchFailed>());
        Assert.Empty(ChildProcesses.Mentioning(stitcher.WorkFolder));
        Assert.Empty(stitcher.LeftFiles);
        Assert.Null(await stitcher.Farm.Store.StatAsync("track/1.m4a", default));
    }

    private static void AllEqual<T>(IReadOnlyList<T> events) => Assert.All(events, e => Assert.Equal(events[0], e));
}
