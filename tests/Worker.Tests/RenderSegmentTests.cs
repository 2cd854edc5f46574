using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;

namespace RenderFarm.Worker.Tests;

public sealed class RenderSegmentTests
{
    private const int FrameBytes = WorkerFarm.Size * WorkerFarm.Size * 3;

    [Fact]
    public async Task Cutting_the_timeline_does_not_change_a_single_bit()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync(o => o.Slots = 2);
        PreparedInputs inputs = await worker.PrepareAsync();
        Assert.Equal(60, inputs.FrameCount);

        await worker.Farm.SendAsync(worker.ASegment(inputs));
        SegmentRendered whole = await worker.Events.NextAsync<SegmentRendered>();
        // Three segments, borders of 8 and 6 frames, the middle segment is nothing but its borders.
        await worker.Farm.SendAsync(worker.ASegment(inputs, 1, new(0, 23), after: new(19, 27)));
        await worker.Farm.SendAsync(worker.ASegment(inputs, 2, new(23, 30), before: new(19, 27), after: new(27, 33)));
        await worker.Farm.SendAsync(worker.ASegment(inputs, 3, new(30, 60), before: new(27, 33)));
        IReadOnlyList<SegmentRendered> rendered = await worker.Events.WaitAsync<SegmentRendered>(4);
        SegmentRendered[] cut = [.. rendered.Skip(1).OrderBy(r => r.SegmentIndex)];

        byte[] expected = await PixelsAsync(worker, whole.InteriorKey);
        Assert.Equal(60 * FrameBytes, expected.Length);
        Assert.Null(whole.BorderBeforeKey);
        Assert.Null(whole.BorderAfterKey);
        Assert.Null(cut[1].InteriorKey);
        byte[] firstBorder = await worker.Farm.GetAsync(cut[0].BorderAfterKey!);
        byte[] secondBorder = await worker.Farm.GetAsync(cut[1].BorderAfterKey!);
        Assert.Equal(firstBorder, await worker.Farm.GetAsync(cut[1].BorderBeforeKey!));
        Assert.Equal(secondBorder, await worker.Farm.GetAsync(cut[2].BorderBeforeKey!));
        byte[] joined = [.. await PixelsAsync(worker, cut[0].InteriorKey), .. firstBorder, .. secondBorder, .. await PixelsAsync(worker, cut[2].InteriorKey)];
        Assert.True(expected.AsSpan().SequenceEqual(joined), "The pictures differ.");
    }

    [Fact]
    public async Task Kept_frames_are_every_frame_of_the_segment_as_it_was_rendered()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        PreparedInputs inputs = await worker.PrepareAsync();
        RenderSegment segment = worker.ASegment(inputs, 0, new(10, 30), before: new(6, 14), after: new(26, 34));
        await worker.Farm.SendAsync(segment with { Settings = WorkerFarm.Settings(keepFrames: true, VideoCodec.H264) });

        SegmentRendered rendered = await worker.Events.NextAsync<SegmentRendered>();
        byte[] kept = await PixelsAsync(worker, rendered.FramesKey);
        Assert.Equal(20 * FrameBytes, kept.Length);
        byte[] before = await worker.Farm.GetAsync(rendered.BorderBeforeKey!);
        byte[] after = await worker.Farm.GetAsync(rendered.BorderAfterKey!);
        Assert.Equal(before[(4 * FrameBytes)..], kept[..(4 * FrameBytes)]);
        Assert.Equal(after[..(4 * FrameBytes)], kept[(16 * FrameBytes)..]);
        Assert.Equal(12 * FrameBytes, (await PixelsAsync(worker, rendered.InteriorKey)).Length);
    }

    [Fact]
    public async Task A_second_delivery_while_the_first_is_rendered_renders_once_and_tells_twice()
    {
        FakePack pack = new() { Fault = FakeFault.WaitsWhenDecoding };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(o => o.Slots = 2, pack);
        RenderSegment segment = worker.ASegment(await worker.PrepareAsync());
        await worker.Farm.SendAsync(segment);
        await pack.AtGate.Task;
        await worker.Farm.SendAsync(segment);
        pack.Gate.Set();

        IReadOnlyList<SegmentRendered> rendered = await worker.Events.WaitAsync<SegmentRendered>(2);
        Assert.Equal(rendered[0], rendered[1]);
        Assert.Equal(1, pack.OpenCount);
        Assert.Equal("host/cpu-0", rendered[0].WorkerId);
    }

    [Fact]
    public async Task A_delivery_after_a_restart_finds_the_finished_attempt_in_the_store()
    {
        FakePack pack = new();
        await using WorkerFarm worker = await WorkerFarm.StartAsync(pack: pack);
        RenderSegment segment = worker.ASegment(await worker.PrepareAsync());
        await worker.Farm.SendAsync(segment);
        SegmentRendered first = await worker.Events.NextAsync<SegmentRendered>();
        await worker.Farm.StopAsync();

        await using WorkerFarm restarted = await WorkerFarm.StartAsync(pack: pack, folder: worker.Farm.Folder);
        await restarted.Farm.SendAsync(segment);
        Assert.Equal(first, await restarted.Events.NextAsync<SegmentRendered>());
        Assert.Equal(1, pack.OpenCount);

        await restarted.Farm.SendAsync(segment with { Attempt = 2, OutputPrefix = "segments/again/2/" });
        await restarted.Events.WaitAsync<SegmentRendered>(2);
        Assert.Equal(2, pack.OpenCount);
    }

    [Theory]
    [InlineData(FakeFault.YieldsNaN, FailureKind.Rendering, "not numbers at frame")]
    [InlineData(FakeFault.YieldsBlack, FailureKind.Rendering, "black picture at frame 0")]
    [InlineData(FakeFault.YieldsOnePicture, FailureKind.Rendering, "one and the same picture for 60 frames")]
    [InlineData(FakeFault.ThrowsWhenDenoising, FailureKind.Rendering, "The network has a hole.")]
    [InlineData(FakeFault.ThrowsWhenDecoding, FailureKind.Rendering, "The decoder has a hole.")]
    [InlineData(FakeFault.ThrowsWhenOpened, FailureKind.Infrastructure, "The weights could not be read.")]
    public async Task A_failure_is_told_in_a_sentence_and_leaves_nothing_behind(FakeFault fault, FailureKind kind, string sentence)
    {
        FakePack pack = new() { Fault = fault };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(pack: pack);
        PreparedInputs inputs = await worker.PrepareAsync();
        await worker.Farm.SendAsync(worker.ASegment(inputs));

        SegmentFailed failed = await worker.Events.NextAsync<SegmentFailed>();
        Assert.Equal(kind, failed.Kind);
        Assert.Contains(sentence, failed.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Sentence);
        Assert.Empty(worker.LeftFiles);
        Assert.Empty(ChildProcesses.Mentioning(worker.Farm.Folder));

        pack.Fault = FakeFault.None; // the device is free again
        await worker.Farm.SendAsync(worker.ASegment(inputs));
        await worker.Events.NextAsync<SegmentRendered>();
    }

    [Fact]
    public async Task An_unknown_pack_is_a_failure_that_names_the_known_ones()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        RenderSegment segment = worker.ASegment(await worker.PrepareAsync());
        await worker.Farm.SendAsync(segment with { Settings = segment.Settings with { Pack = "echo" } });
        SegmentFailed failed = await worker.Events.NextAsync<SegmentFailed>();
        Assert.Equal(FailureKind.Rendering, failed.Kind);
        Assert.Equal("There is no model pack 'echo' here; known packs: fake.", failed.Sentence);
    }

    [Theory]
    [InlineData(FakeFault.WaitsWhenDenoising)]
    [InlineData(FakeFault.WaitsWhenDecoding)]
    [InlineData(FakeFault.FailsWhenCancelled)]
    public async Task Cancelling_the_job_half_way_stops_at_once_and_leaves_nothing_behind(FakeFault where)
    {
        FakePack pack = new() { Fault = where };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(pack: pack);
        PreparedInputs inputs = await worker.PrepareAsync();
        await worker.Farm.SendAsync(worker.ASegment(inputs));
        await pack.AtGate.Task;
        await worker.Farm.PublishAsync(new JobCancelled { JobId = worker.JobId });

        // The device is free again when the segment of another job comes out of it.
        pack.Fault = FakeFault.None;
        await worker.Farm.SendAsync(worker.ASegment(inputs) with { JobId = Guid.NewGuid(), OutputPrefix = "other/1/" });
        SegmentRendered other = await worker.Events.NextAsync<SegmentRendered>();
        Assert.NotEqual(worker.JobId, other.JobId);
        Assert.Empty(worker.Events.Of<SegmentFailed>());
        Assert.Empty(worker.Events.Of<SegmentReturned>());
        Assert.Empty(worker.LeftFiles);
        Assert.Empty(ChildProcesses.Mentioning(worker.Farm.Folder));
        Assert.Null(await worker.Farm.Store.StatAsync(worker.ASegment(inputs).OutputPrefix + "segment.json", default));
    }

    [Theory]
    [InlineData(FakeFault.WaitsWhenDecoding)]
    [InlineData(FakeFault.FailsWhenCancelled)]
    public async Task A_worker_that_is_stopped_hands_its_segment_back(FakeFault where)
    {
        FakePack pack = new() { Fault = where };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(pack: pack);
        await worker.Farm.SendAsync(worker.ASegment(await worker.PrepareAsync()));
        await pack.AtGate.Task;
        await worker.Farm.StopAsync();

        Assert.Empty(worker.LeftFiles);
        Assert.Empty(ChildProcesses.Mentioning(worker.Farm.Folder));
        Assert.Empty(worker.Events.Of<SegmentFailed>());
        Assert.Equal("host/cpu-0", (await worker.Events.NextAsync<SegmentReturned>()).WorkerId);
    }

    [Fact]
    public async Task What_a_killed_worker_left_on_disk_is_gone_once_the_next_one_has_started()
    {
        string folder = Directory.CreateTempSubdirectory("farm-tests-").FullName;
        string left = Directory.CreateDirectory(Path.Combine(folder, "work", Guid.NewGuid().ToString("N"), "segment")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(left, "interior.partial"), new byte[1000]);
        await File.WriteAllBytesAsync(Path.Combine(left, "..", "in-use"), []); // nobody holds its lock any more

        await using WorkerFarm worker = await WorkerFarm.StartAsync(folder: folder);
        Assert.False(Directory.Exists(left));
        Assert.Empty(worker.LeftFiles);
    }

    [Fact]
    public async Task An_excluded_worker_hands_the_segment_back_and_another_device_of_the_host_takes_it()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync(o => o.Slots = 2);
        RenderSegment segment = worker.ASegment(await worker.PrepareAsync());
        await worker.Farm.SendAsync(segment with { ExcludedWorkers = ["host/cpu-0", "host/cpu-1", "elsewhere/cpu-0"] });
        Assert.Equal("host/cpu-0", (await worker.Events.NextAsync<SegmentReturned>()).WorkerId);
        Assert.Empty(worker.Events.Of<SegmentRendered>());

        await worker.Farm.SendAsync(segment with { ExcludedWorkers = ["host/cpu-0"] });
        Assert.Equal("host/cpu-1", (await worker.Events.NextAsync<SegmentRendered>()).WorkerId);
    }

    [Fact]
    public async Task The_next_segment_is_opened_while_the_device_is_busy_where_that_is_asked_for()
    {
        FakePack pack = new() { Fault = FakeFault.WaitsWhenDecoding };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(o => o.PrefetchSegments = 1, pack);
        PreparedInputs inputs = await worker.PrepareAsync();
        await worker.Farm.SendAsync(worker.ASegment(inputs));
        await pack.AtGate.Task;
        pack.Fault = FakeFault.None;
        await worker.Farm.SendAsync(worker.ASegment(inputs, index: 1));
        while (pack.OpenCount < 2)
            await Task.Delay(1);

        Assert.Empty(worker.Events.Of<SegmentRendered>());
        pack.Gate.Set();
        Assert.Equal([0, 1], (await worker.Events.WaitAsync<SegmentRendered>(2)).Select(r => r.SegmentIndex).Order());
    }

    [Fact]
    public async Task Progress_names_the_worker_and_never_goes_back()
    {
        FakePack pack = new() { Fault = FakeFault.WaitsWhenDecoding };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(o => o.ProgressInterval = TimeSpan.FromMilliseconds(1), pack);
        await worker.Farm.SendAsync(worker.ASegment(await worker.PrepareAsync()));
        await pack.AtGate.Task;
        await worker.Events.WaitAsync<SegmentProgressed>(1, p => p.Stage == SegmentStage.Decoding);
        pack.Gate.Set();
        await worker.Events.NextAsync<SegmentRendered>();

        IReadOnlyList<SegmentProgressed> progress = worker.Events.Of<SegmentProgressed>();
        Assert.All(progress, p => Assert.Equal("host/cpu-0", p.WorkerId));
        Assert.All(progress.Zip(progress.Skip(1)), pair => Assert.True(pair.First.Fraction <= pair.Second.Fraction && pair.First.Stage <= pair.Second.Stage));
        Assert.InRange(progress[^1].Fraction, 0.25, 1);
    }

    private static async Task<byte[]> PixelsAsync(WorkerFarm worker, string? chunkKey) => await Pixels.OfAsync(await worker.Farm.GetAsync(chunkKey!));
}
