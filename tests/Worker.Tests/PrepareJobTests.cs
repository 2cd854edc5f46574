using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.FarmTestSupport;

namespace RenderFarm.Worker.Tests;

public sealed class PrepareJobTests
{
    [Fact]
    public async Task A_job_is_prepared_with_exact_lengths_and_the_words_of_the_pack()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        await worker.Farm.SendAsync(await worker.PrepareJobAsync(Inputs.Wav(9.99, sampleRateHz: 44100)));

        JobPrepared prepared = await worker.Events.NextAsync<JobPrepared>();
        Assert.Equal(240, prepared.Inputs.FrameCount); // 239.76
        Assert.Equal(159_840, prepared.Inputs.PcmSampleCount);
        Assert.Equal(["The portrait has 96x128 pixels."], prepared.Warnings);
        Assert.Equal(159_840 * sizeof(float), (await worker.Farm.GetAsync(prepared.Inputs.PcmKey)).Length);
        byte[] loudness = await worker.Farm.GetAsync(prepared.Inputs.LoudnessKey);
        Assert.Equal(240, loudness.Length);
        Assert.InRange(loudness[..23].Max(), 0, 80); // a second of silence, but for the edge of the resampler
        Assert.InRange(loudness[24..].Max(), 230, 255);
        Assert.Empty(worker.LeftFiles);
    }

    [Fact]
    public async Task A_second_delivery_prepares_nothing_again()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        PrepareJob job = await worker.PrepareJobAsync();
        await Task.WhenAll(worker.Farm.SendAsync(job), worker.Farm.SendAsync(job with { Attempt = 2 }));

        IReadOnlyList<JobPrepared> prepared = await worker.Events.WaitAsync<JobPrepared>(2);
        Assert.Equal(1, worker.Pack.PrepareCount);
        Assert.Equal(prepared[0].Inputs, prepared[1].Inputs);
        Assert.Equal([1, 2], prepared.Select(p => p.Attempt).Order());
    }

    public static TheoryData<string, byte[]?, byte[]?, string> BadFiles => new()
    {
        { "text as audio", "These are words."u8.ToArray(), null, "The audio is not a sound file" },
        { "playlist as audio", "#EXTM3U\nfile:///etc/passwd\n"u8.ToArray(), null, "The audio is not a sound file" },
        { "no samples", Inputs.Wav(0), null, "The audio has a length of zero" },
        { "text as portrait", null, "These are words."u8.ToArray(), "The portrait is not a picture" },
        { "small portrait", null, Inputs.Picture(20, 20), "The portrait is only 20x20 pixels" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_bad_file_is_told_in_a_sentence_without_a_local_path(string what, byte[]? audio, byte[]? portrait, string sentence)
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        await worker.Farm.SendAsync(await worker.PrepareJobAsync(audio, portrait));

        PrepareFailed failed = await worker.Events.NextAsync<PrepareFailed>();
        Assert.True(failed.Kind == FailureKind.BadInput, what);
        Assert.StartsWith(sentence, failed.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(worker.Farm.Folder, failed.Sentence, StringComparison.Ordinal);
        Assert.Empty(worker.LeftFiles);
    }

    public static TheoryData<RenderSettings, string> BadSettings => new()
    {
        { WorkerFarm.Settings() with { Pack = "echo" }, "There is no model pack 'echo' here; known packs: fake." },
        { WorkerFarm.Settings() with { Steps = 0 }, "0 denoising steps are not possible" },
        { WorkerFarm.Settings() with { Encoding = WorkerFarm.Settings().Encoding with { SizePixels = 1024 } }, "The pack 'fake' renders 16 to 256 pixels" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Settings_the_pack_cannot_meet_are_told(RenderSettings settings, string sentence)
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        await worker.Farm.SendAsync(await worker.PrepareJobAsync() with { Settings = settings });
        PrepareFailed failed = await worker.Events.NextAsync<PrepareFailed>();
        Assert.Equal(FailureKind.BadInput, failed.Kind);
        Assert.StartsWith(sentence, failed.Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, FailureKind, string> PackFailures => new()
    {
        { new PermanentException("There is no face in the portrait: choose a picture that shows one."), FailureKind.BadInput, "There is no face" },
        { new TransientException("The weights are away."), FailureKind.Infrastructure, "The weights are away." },
        { new InvalidOperationException("index 7"), FailureKind.Rendering, "An internal error stopped the work (InvalidOperationException: index 7)" },
    };

    [Theory]
    [MemberData(nameof(PackFailures))]
    public async Task What_the_pack_says_reaches_the_user(Exception failure, FailureKind kind, string sentence)
    {
        FakePack pack = new() { PrepareFailure = failure };
        await using WorkerFarm worker = await WorkerFarm.StartAsync(pack: pack);
        PrepareJob job = await worker.PrepareJobAsync();
        await worker.Farm.SendAsync(job);
        PrepareFailed failed = await worker.Events.NextAsync<PrepareFailed>();
        Assert.Equal(kind, failed.Kind);
        Assert.StartsWith(sentence, failed.Sentence, StringComparison.Ordinal);
        Assert.Empty(worker.LeftFiles);

        pack.PrepareFailure = null; // the next attempt is a fresh one
        await worker.Farm.SendAsync(job with { Attempt = 2 });
        await worker.Events.NextAsync<JobPrepared>();
    }

    [Fact]
    public async Task Inputs_that_are_not_in_the_store_are_the_surroundings()
    {
        await using WorkerFarm worker = await WorkerFarm.StartAsync();
        await worker.Farm.SendAsync(await worker.PrepareJobAsync() with { AudioKey = "in/absent" });
        Assert.Equal(FailureKind.Infrastructure, (await worker.Events.NextAsync<PrepareFailed>()).Kind);
    }
}
