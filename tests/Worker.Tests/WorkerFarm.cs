using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;

namespace RenderFarm.Worker.Tests;

/// <summary>A worker with the fake pack, and the commands of one job.</summary>
internal sealed class WorkerFarm : IAsyncDisposable
{
    public const int Size = 48;

    private readonly TestFarm farm;

    private WorkerFarm(TestFarm farm, FakePack pack)
    {
        this.farm = farm;
        Pack = pack;
    }

    public Guid JobId { get; } = Guid.NewGuid();

    public FakePack Pack { get; }

    public TestFarm Farm => farm;

    public EventLog Events => farm.Events;

    public string WorkFolder => Path.Combine(farm.Folder, "work");

    /// <summary>Files of segments or jobs; the lock that says the folder is in use does not count.</summary>
    public IEnumerable<string> LeftFiles =>
        Directory.EnumerateFileSystemEntries(WorkFolder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetDirectoryName(path) != WorkFolder && Path.GetFileName(path) != "in-use");

    public static async Task<WorkerFarm> StartAsync(Action<WorkerOptions>? configure = null, FakePack? pack = null, string? folder = null)
    {
        pack ??= new FakePack();
        TestFarm farm = await TestFarm.StartAsync(
            (services, root) =>
            {
                services.AddSingleton(pack.Registration);
                services.AddWorker(options =>
                {
                    options.Host = "host";
                    options.Slots = 1;
                    options.WorkFolder = Path.Combine(root, "work");
                    configure?.Invoke(options);
                });
            },
            folder);
        return new WorkerFarm(farm, pack);
    }

    public static RenderSettings Settings(bool keepFrames = false, VideoCodec codec = VideoCodec.Ffv1) => new()
    {
        Pack = FakePack.Name,
        Seed = 420,
        Steps = 4,
        KeepFrames = keepFrames,
        Encoding = new VideoEncoding { Codec = codec, Crf = 18, FrameRate = new FrameRate(24, 1), SizePixels = Size },
    };

    /// <summary>Sends the preparation of two and a half seconds of sound, which is 60 frames, and waits for it.</summary>
    public async Task<PreparedInputs> PrepareAsync()
    {
        await farm.SendAsync(await PrepareJobAsync());
        return (await Events.NextAsync<JobPrepared>()).Inputs;
    }

    public async Task<PrepareJob> PrepareJobAsync(byte[]? audio = null, byte[]? portrait = null)
    {
        await farm.PutAsync("in/audio", audio ?? Inputs.Wav(2.5));
        await farm.PutAsync("in/portrait", portrait ?? Inputs.Picture());
        return new PrepareJob
        {
            JobId = JobId,
            Attempt = 1,
            AudioKey = "in/audio",
            PortraitKey = "in/portrait",
            Settings = Settings(),
            OutputPrefix = "prepared/1/",
        };
    }

    /// <summary>The whole timeline in one segment unless told otherwise.</summary>
    public RenderSegment ASegment(PreparedInputs inputs, int index = 0, FrameRange? frames = null, FrameRange before = default, FrameRange after = default) => new()
    {
        JobId = JobId,
        SegmentIndex = index,
        Attempt = 1,
        Frames = frames ?? new FrameRange(0, inputs.FrameCount),
        BorderBefore = before,
        BorderAfter = after,
        Settings = Settings(),
        Inputs = inputs,
        OutputPrefix = $"segments/{index}/{(frames ?? default).End}/1/",
        LeaseDuration = TimeSpan.FromSeconds(45),
    };

    public ValueTask DisposeAsync() => farm.DisposeAsync();
}
