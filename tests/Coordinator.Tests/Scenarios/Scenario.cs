using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Tests.Simulation;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Tests.Scenarios;

/// <summary>The coordinator on a real database, taken through one story by hand. Segments have 100 frames.</summary>
internal sealed class Scenario : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("renderfarm-");
    private readonly Crew crew;
    private readonly int window;

    private Scenario(int window)
    {
        this.window = window;
        crew = new(Store, Network);
        Coordinator = Boot(ownsWorkers: false);
    }

    public ManualTime Time { get; } = new();

    public Network Network { get; } = new();

    public MemoryObjectStore Store { get; } = new();

    public CoordinatorProcess Coordinator { get; private set; }

    public Guid JobId { get; private set; }

    public static async Task<Scenario> StartAsync(int window = 100)
    {
        Scenario scenario = new(window);
        await scenario.Coordinator.StartAsync();
        return scenario;
    }

    /// <summary>A job that has been submitted; its command to prepare is on its way.</summary>
    public static async Task<Scenario> SubmittedAsync()
    {
        Scenario scenario = await StartAsync();
        await scenario.SubmitAsync();
        return scenario;
    }

    /// <summary>A job whose segments are on their way.</summary>
    public static async Task<Scenario> RenderingAsync(int segments, int window = 100, bool keepFrames = false)
    {
        Scenario scenario = await StartAsync(window);
        await scenario.AddRenderingJobAsync(segments, keepFrames: keepFrames);
        return scenario;
    }

    public async Task SubmitAsync(int priority = 0, bool keepFrames = false)
    {
        JobId = Guid.NewGuid();
        JobRequest request = Requests.AJob(JobId, keepFrames, priority);
        Store.Put(request.AudioKey, "audio");
        Store.Put(request.PortraitKey, "portrait");
        await Coordinator.Jobs.SubmitAsync(request, default);
        await SettleAsync();
    }

    public async Task<Guid> AddRenderingJobAsync(int segments, int priority = 0, bool keepFrames = false)
    {
        await SubmitAsync(priority, keepFrames);
        crew.Finish(TakeSent<PrepareJob>().Single(), "w1", segments * 100);
        await DeliverAsync(TakeSent<JobPrepared>().Single());
        return JobId;
    }

    /// <summary>Hands a fact to the coordinator and lets its background work run.</summary>
    public async Task DeliverAsync(object fact)
    {
        await Coordinator.HandleAsync(fact);
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        while (Coordinator.Background.Waiting.Count > 0)
        {
            WorkItem item = Coordinator.Background.Waiting[0];
            Coordinator.Background.Waiting.RemoveAt(0);
            await Coordinator.RunAsync(item);
        }
    }

    public async Task SweepAsync(TimeSpan later)
    {
        Time.Advance(later);
        Coordinator.Background.Enqueue(new(WorkKind.Sweep));
        await SettleAsync();
    }

    /// <summary>Lets the crew do the work of a command, and the coordinator hear of it.</summary>
    public async Task FinishAsync(object command, string worker = "w1", long frameCount = 0)
    {
        int before = Network.OnTheWay.Count;
        crew.Finish(command, worker, frameCount);
        object fact = Network.OnTheWay[before];
        Network.OnTheWay.RemoveAt(before);
        await DeliverAsync(fact);
    }

    public async Task FailAsync(object command, FailureKind kind = FailureKind.Rendering, string worker = "w1", string sentence = "It broke.")
    {
        int before = Network.OnTheWay.Count;
        crew.Fail(command, worker, kind, sentence);
        object fact = Network.OnTheWay[before];
        Network.OnTheWay.RemoveAt(before);
        await DeliverAsync(fact);
    }

    /// <summary>What a worker would say after rendering, its objects being in the store.</summary>
    public SegmentRendered Rendered(RenderSegment command, string worker = "w1")
    {
        int before = Network.OnTheWay.Count;
        crew.Finish(command, worker, frameCount: 0);
        SegmentRendered fact = (SegmentRendered)Network.OnTheWay[before];
        Network.OnTheWay.RemoveAt(before);
        return fact;
    }

    /// <summary>Everything of the kind that was sent since it was last taken.</summary>
    public IReadOnlyList<T> TakeSent<T>()
    {
        List<T> sent = [.. Network.OnTheWay.OfType<T>()];
        Network.OnTheWay.RemoveAll(m => m is T);
        return sent;
    }

    public async Task RestartAsync(bool ownsWorkers = false)
    {
        Coordinator.Dispose();
        Coordinator = Boot(ownsWorkers);
        await Coordinator.StartAsync();
        await SettleAsync();
    }

    public async Task<JobSnapshot> JobAsync() => (await Coordinator.Jobs.GetAsync(JobId, default))!;

    public async Task<SegmentRow> SegmentAsync(int index)
    {
        await using FarmDbContext db = Coordinator.OpenDatabase();
        return await db.Segments.SingleAsync(s => s.JobId == JobId && s.Index == index);
    }

    public async Task<TaskRow> TaskAsync(TaskKind kind, int index = 0)
    {
        await using FarmDbContext db = Coordinator.OpenDatabase();
        return await db.Tasks.SingleAsync(t => t.JobId == JobId && t.Kind == kind && t.Index == index);
    }

    public void Dispose()
    {
        Coordinator.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private CoordinatorProcess Boot(bool ownsWorkers) =>
        new(Path.Combine(folder.FullName, "state.db"), Network, Store, Time, ownsWorkers, window);
}
