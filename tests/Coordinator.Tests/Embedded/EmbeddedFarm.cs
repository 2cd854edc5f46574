using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Hosting;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Tests.Embedded;

/// <summary>The real coordinator in a real host with the in-memory bus, SQLite and a folder; workers and stitchers write a few bytes.</summary>
internal sealed class EmbeddedFarm : IAsyncDisposable
{
    private readonly IHost host;

    private EmbeddedFarm(IHost host) => this.host = host;

    public IJobService Jobs => host.Services.GetRequiredService<IJobService>();

    public IObjectStore Store => host.Services.GetRequiredService<IObjectStore>();

    public FakeCrew Crew => host.Services.GetRequiredService<FakeCrew>();

    public static async Task<EmbeddedFarm> StartAsync(string folder, FakeCrew crew, Action<CoordinatorOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(crew);
        builder.Services.AddObjectStore(o => o.Folder = Path.Combine(folder, "store"));
        builder.Services.AddFarmBus(o => o.StopTime = TimeSpan.FromSeconds(5));
        builder.Services.AddCoordinator(o =>
        {
            o.ConnectionString = $"Data Source={Path.Combine(folder, "state.db")};Pooling=False";
            o.OwnsWorkers = true;
            o.FirstBackOff = TimeSpan.FromMilliseconds(20);
            o.SweepInterval = TimeSpan.FromMilliseconds(100);
            o.LingerTime = TimeSpan.Zero;
            configure?.Invoke(o);
        });
        builder.Services.AddCommandHandler<PrepareJob, FakePreparer>(1);
        builder.Services.AddCommandHandler<RenderSegment, FakeWorker>(crew.Workers);
        builder.Services.AddCommandHandler<EncodeAudio, FakeStitcher>(1);
        builder.Services.AddCommandHandler<BlendBorder, FakeStitcher>(1);
        builder.Services.AddCommandHandler<MuxVideo, FakeStitcher>(1);
        IHost host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async Task<Guid> SubmitAsync(Guid? id = null, bool keepFrames = false)
    {
        Guid jobId = id ?? Guid.NewGuid();
        JobRequest request = Requests.AJob(jobId, keepFrames);
        await Store.PutAsync(request.AudioKey, new MemoryStream([1]), default);
        await Store.PutAsync(request.PortraitKey, new MemoryStream([2]), default);
        await Jobs.SubmitAsync(request, default);
        return jobId;
    }

    public async Task<JobSnapshot> WaitForEndAsync(Guid jobId)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        JobSnapshot? last = null;
        await foreach (JobSnapshot snapshot in Jobs.WatchAsync(jobId, limit.Token))
            last = snapshot;
        return last!;
    }

    public async Task<List<string>> KeysAsync()
    {
        List<string> keys = [];
        await foreach (ObjectInfo found in Store.ListAsync("", default))
            keys.Add(found.Key);
        return keys;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>What workers do, scripted by the test.</summary>
    internal sealed class FakeCrew
    {
        public int Workers { get; init; } = 2;

        public long FrameCount { get; init; } = 1000;

        /// <summary>Called before a segment is rendered; may throw or wait.</summary>
        public Func<RenderSegment, CancellationToken, Task> OnSegment { get; set; } = (_, _) => Task.CompletedTask;

        public Func<PrepareJob, PrepareFailed?> OnPrepare { get; set; } = _ => null;

        public ConcurrentBag<int> Rendered { get; } = [];

        public string? ChunkList { get; set; }
    }

    private sealed class FakePreparer(FakeCrew crew, IObjectStore store, IMessageBus bus) : IMessageHandler<PrepareJob>
    {
        public async Task HandleAsync(PrepareJob message, CancellationToken cancellationToken)
        {
            if (crew.OnPrepare(message) is PrepareFailed failure)
            {
                await bus.PublishAsync(failure, cancellationToken);
                return;
            }

            PreparedInputs inputs = new()
            {
                FrameCount = crew.FrameCount,
                PcmSampleCount = crew.FrameCount * 16000 / 24,
                PcmKey = $"{message.OutputPrefix}audio.pcm",
                LoudnessKey = $"{message.OutputPrefix}loudness",
                PackPrefix = $"{message.OutputPrefix}pack/",
            };
            await store.PutAsync(inputs.PcmKey, new MemoryStream([1]), cancellationToken);
            await store.PutAsync(inputs.LoudnessKey, new MemoryStream(new byte[crew.FrameCount]), cancellationToken);
            await bus.PublishAsync(
                new JobPrepared { JobId = message.JobId, Attempt = message.Attempt, Inputs = inputs, Warnings = ["A warning."] }, cancellationToken);
        }
    }

    private sealed class FakeWorker(FakeCrew crew, IObjectStore store, IMessageBus bus) : IMessageHandler<RenderSegment>
    {
        public async Task HandleAsync(RenderSegment message, CancellationToken cancellationToken)
        {
            await bus.PublishAsync(
                new SegmentProgressed
                {
                    JobId = message.JobId,
                    SegmentIndex = message.SegmentIndex,
                    Attempt = message.Attempt,
                    WorkerId = "w1",
                    Stage = SegmentStage.Denoising,
                    Fraction = 0.5,
                },
                cancellationToken);
            try
            {
                await crew.OnSegment(message, cancellationToken);
            }
            catch (InvalidOperationException e)
            {
                await bus.PublishAsync(
                    new SegmentFailed
                    {
                        JobId = message.JobId,
                        SegmentIndex = message.SegmentIndex,
                        Attempt = message.Attempt,
                        WorkerId = "w1",
                        Kind = FailureKind.Rendering,
                        Sentence = e.Message,
                    },
                    cancellationToken);
                return;
            }

            string? before = message.BorderBefore.IsEmpty ? null : $"{message.OutputPrefix}before.rgb";
            string? after = message.BorderAfter.IsEmpty ? null : $"{message.OutputPrefix}after.rgb";
            string interior = $"{message.OutputPrefix}interior.mp4";
            foreach (string? key in (string?[])[before, after, interior])
            {
                if (key is not null)
                    await store.PutAsync(key, new MemoryStream([3]), cancellationToken);
            }

            crew.Rendered.Add(message.SegmentIndex);
            await bus.PublishAsync(
                new SegmentRendered
                {
                    JobId = message.JobId,
                    SegmentIndex = message.SegmentIndex,
                    Attempt = message.Attempt,
                    WorkerId = "w1",
                    InteriorKey = interior,
                    BorderBeforeKey = before,
                    BorderAfterKey = after,
                    DenoiseTime = TimeSpan.FromSeconds(1),
                    DecodeTime = TimeSpan.FromSeconds(1),
                    TotalTime = TimeSpan.FromSeconds(2),
                },
                cancellationToken);
        }
    }

    private sealed class FakeStitcher(FakeCrew crew, IObjectStore store, IMessageBus bus)
        : IMessageHandler<EncodeAudio>, IMessageHandler<BlendBorder>, IMessageHandler<MuxVideo>
    {
        public async Task HandleAsync(EncodeAudio message, CancellationToken cancellationToken)
        {
            await store.PutAsync(message.OutputKey, new MemoryStream([4]), cancellationToken);
            await bus.PublishAsync(
                new AudioEncoded { JobId = message.JobId, Attempt = message.Attempt, OutputKey = message.OutputKey }, cancellationToken);
        }

        public async Task HandleAsync(BlendBorder message, CancellationToken cancellationToken)
        {
            await store.OpenReadAsync(message.LeftKey, cancellationToken);
            await store.OpenReadAsync(message.RightKey, cancellationToken);
            await store.PutAsync(message.OutputKey, new MemoryStream([5]), cancellationToken);
            await bus.PublishAsync(
                new BorderBlended
                {
                    JobId = message.JobId,
                    BorderIndex = message.BorderIndex,
                    Attempt = message.Attempt,
                    OutputKey = message.OutputKey,
                    MaxDifference = message.BorderIndex == 0 ? 1 : 0,
                    MeanDifference = message.BorderIndex == 0 ? 0.5 : 0,
                },
                cancellationToken);
        }

        public async Task HandleAsync(MuxVideo message, CancellationToken cancellationToken)
        {
            using StreamReader list = new(await store.OpenReadAsync(message.ChunkListKey, cancellationToken));
            crew.ChunkList = await list.ReadToEndAsync(cancellationToken);
            await store.PutAsync(message.OutputKey, new MemoryStream([6, 7]), cancellationToken);
            await bus.PublishAsync(
                new VideoMuxed { JobId = message.JobId, Attempt = message.Attempt, OutputKey = message.OutputKey, SizeBytes = 2 }, cancellationToken);
        }
    }
}
