using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>
/// The real coordinator on a real database in a world that a seed rules: messages arrive in any order, twice or never, workers
/// fail, stall and die, the coordinator dies at any step, objects vanish. After the storm the world is calm and everything
/// that is on its way arrives.
/// </summary>
internal sealed class SimulatedFarm : IDisposable
{
    private static readonly string[] s_workers = ["w1", "w2", "w3", "w4"];

    private readonly Random random;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("renderfarm-");
    private readonly ManualTime time = new();
    private readonly Network network = new();
    private readonly Crew crew;
    private readonly List<(object Command, string Worker)> atWork = [];
    private CoordinatorProcess coordinator;
    private bool isCalm;
    private int crashes;
    private int objectsToLose;

    public SimulatedFarm(int seed)
    {
        random = new Random(seed);
        crew = new(Store, network);
        FrameCount = random.Next(1, 700);
        OwnsWorkers = random.Next(3) == 0;
        objectsToLose = random.Next(3) == 0 ? 3 : 0;
        network.Interfere = Interfere;
        coordinator = Boot();
    }

    public MemoryObjectStore Store { get; } = new();

    public CoordinatorProcess Coordinator => coordinator;

    public long FrameCount { get; }

    public bool OwnsWorkers { get; }

    /// <summary>Segments that fail on every worker.</summary>
    public HashSet<int> Poison { get; } = [];

    /// <summary>No command may be sent for these any more.</summary>
    public HashSet<Guid> Ended { get; } = [];

    public async Task StartAsync() => await SurviveAsync(() => coordinator.StartAsync());

    public async Task<Guid> SubmitAsync()
    {
        JobRequest request = Requests.AJob(new Guid(random.Next(), 0, 0, new byte[8]), segmentFrames: random.Next(10, 90));
        Store.Put(request.AudioKey, "audio");
        Store.Put(request.PortraitKey, "portrait");
        while (await coordinator.Jobs.GetAsync(request.JobId, default) is null)
            await SurviveAsync(() => coordinator.Jobs.SubmitAsync(request, default));
        return request.JobId;
    }

    public async Task StormAsync(int steps)
    {
        isCalm = false;
        for (int i = 0; i < steps; i++)
            await SurviveAsync(StepAsync);
        isCalm = true;
    }

    /// <summary>Everything arrives, everybody works, time passes; until the job has ended.</summary>
    public async Task<JobSnapshot> CalmUntilEndAsync(Guid jobId)
    {
        isCalm = true;
        for (int round = 0; round < 400; round++)
        {
            JobSnapshot? job = await coordinator.Jobs.GetAsync(jobId, default);
            if (job is { HasEnded: true })
                return job;
            await CalmRoundAsync();
        }

        throw new InvalidOperationException($"The job does not end: {await DescribeAsync(jobId)}");
    }

    public async Task CalmRoundAsync()
    {
        while (network.OnTheWay.Count > 0 || atWork.Count > 0)
        {
            foreach (object message in Take(network.OnTheWay))
                await DeliverAsync(message);
            foreach ((object command, string worker) in Take(atWork))
                Work(command, worker);
        }

        await coordinator.WriteProgressAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        coordinator.Background.Enqueue(new(WorkKind.Sweep));
        while (coordinator.Background.Waiting.Count > 0)
        {
            foreach (WorkItem item in Take(coordinator.Background.Waiting))
                await coordinator.RunAsync(item);
        }
    }

    /// <summary>The counts of the job are what its rows say.</summary>
    public async Task CheckLedgerAsync(Guid jobId)
    {
        await using FarmDbContext db = coordinator.OpenDatabase();
        JobRow job = await db.Jobs.SingleAsync(j => j.Id == jobId);
        List<SegmentRow> segments = await db.Segments.Where(s => s.JobId == jobId).OrderBy(s => s.Index).ToListAsync();
        List<TaskRow> tasks = await db.Tasks.Where(t => t.JobId == jobId).ToListAsync();
        Assert.Equal(job.SegmentCount, segments.Count);
        Assert.Equal(job.WaitingSegments, segments.Count(s => s.State == WorkState.Waiting));
        Assert.Equal(job.InFlightSegments, segments.Count(s => s.State == WorkState.InFlight));
        Assert.Equal(job.RenderedSegments, segments.Count(s => s.State == WorkState.Done));
        Assert.Equal(job.FailedSegments, segments.Count(s => s.State == WorkState.Failed));
        Assert.Equal(job.RenderedFrames, segments.Where(s => s.State == WorkState.Done).Sum(s => s.Frames.Count));
        Assert.Equal(job.OpenTasks, tasks.Count(t => t.State is WorkState.Waiting or WorkState.InFlight));
        Assert.Equal(job.FailedTasks, tasks.Count(t => t.State == WorkState.Failed));
        Assert.Equal(job.BlendedBorders, tasks.Count(t => t is { State: WorkState.Done, Kind: TaskKind.BlendBorder }));
        Assert.All(segments, s => Assert.Equal(s.State == WorkState.InFlight, s.LeaseUntil is not null));
    }

    /// <summary>Every frame once and in order.</summary>
    public void CheckVideo(JobSnapshot job)
    {
        long next = 0;
        foreach (string chunk in Store.Find(job.OutputKey)!.Split('\n'))
        {
            long[] range = [.. chunk.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
            Assert.Equal(next, range[0]);
            next = range[1];
        }

        Assert.Equal(FrameCount, next);
    }

    public async Task<string> DescribeAsync(Guid jobId)
    {
        await using FarmDbContext db = coordinator.OpenDatabase();
        JobRow job = await db.Jobs.SingleAsync(j => j.Id == jobId);
        List<SegmentRow> segments = await db.Segments.Where(s => s.JobId == jobId && s.State != WorkState.Done).ToListAsync();
        List<TaskRow> tasks = await db.Tasks.Where(t => t.JobId == jobId && t.State != WorkState.Done).ToListAsync();
        return $"{job.State} ({crashes} crashes); segments {string.Join(", ", segments.Select(s => $"{s.Index} {s.State} {s.Attempt}"))};"
            + $" tasks {string.Join(", ", tasks.Select(t => $"{t.Kind} {t.Index} {t.State} {t.Attempt} {t.Sentence}"))}";
    }

    public void Dispose()
    {
        coordinator.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static List<T> Take<T>(List<T> list)
    {
        List<T> taken = [.. list];
        list.Clear();
        return taken;
    }

    private CoordinatorProcess Boot() => new(Path.Combine(folder.FullName, "state.db"), network, Store, time, OwnsWorkers, window: 5);

    /// <summary>Does something that the coordinator may die of; then another process takes over.</summary>
    private async Task SurviveAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (SimulatedCrashException)
        {
            await RebootAsync();
        }
        catch (TransientException) when (!isCalm)
        {
            // The bus would deliver the message again; here it is lost instead, which is worse.
        }
    }

    private async Task RebootAsync()
    {
        crashes++;
        coordinator.Dispose();
        coordinator = Boot();
        if (OwnsWorkers)
        {
            network.OnTheWay.Clear();
            atWork.Clear();
        }

        await SurviveAsync(() => coordinator.StartAsync());
    }

    private Exception? Interfere(object message)
    {
        if (message is RenderSegment command)
            Assert.DoesNotContain(command.JobId, Ended);
        if (isCalm)
            return null;
        return random.Next(100) switch
        {
            < 2 => new SimulatedCrashException(),
            < 5 => new TransientException("The broker is away."),
            _ => null,
        };
    }

    private async Task StepAsync()
    {
        switch (random.Next(100))
        {
            case < 40 when network.OnTheWay.Count > 0:
                await DeliverOneAsync();
                break;
            case < 60 when atWork.Count > 0:
                WorkOnOne();
                break;
            case < 85 when coordinator.Background.Waiting.Count > 0:
                await RunBackgroundAsync();
                break;
            case < 90:
                time.Advance(TimeSpan.FromSeconds(random.Next(1, 40)));
                coordinator.Background.Enqueue(new(WorkKind.Sweep));
                break;
            case < 94:
                await coordinator.WriteProgressAsync();
                break;
            case < 95:
                time.Advance(TimeSpan.FromMinutes(random.Next(1, 20)));
                break;
            case < 96:
                await RebootAsync();
                break;
            case < 97 when objectsToLose > 0 && Store.Keys.Count > 2:
                LoseAnObject();
                break;
            default:
                coordinator.Background.Enqueue(new(WorkKind.Dispatch));
                break;
        }
    }

    /// <summary>The submitter's files and the finished video stay.</summary>
    private void LoseAnObject()
    {
        string key = Store.Keys.ElementAt(random.Next(Store.Keys.Count));
        if (key.Contains("/input/", StringComparison.Ordinal) || key.Contains("/output/", StringComparison.Ordinal))
            return;
        objectsToLose--;
        Store.DeleteAsync(key, default).GetAwaiter().GetResult();
    }

    private async Task DeliverOneAsync()
    {
        int index = random.Next(network.OnTheWay.Count);
        object message = network.OnTheWay[index];
        switch (random.Next(20))
        {
            case 0:
                network.OnTheWay.RemoveAt(index); // lost
                break;
            case 1 or 2:
                await DeliverAsync(message); // and again later
                break;
            default:
                network.OnTheWay.RemoveAt(index);
                await DeliverAsync(message);
                break;
        }
    }

    private async Task DeliverAsync(object message)
    {
        if (CoordinatorProcess.IsFact(message))
            await coordinator.HandleAsync(message);
        else if (message is JobCancelled cancelled)
            atWork.RemoveAll(w => w.Command is RenderSegment command && command.JobId == cancelled.JobId);
        else
            atWork.Add((message, s_workers[random.Next(s_workers.Length)]));
    }

    private async Task RunBackgroundAsync()
    {
        int index = random.Next(coordinator.Background.Waiting.Count);
        WorkItem item = coordinator.Background.Waiting[index];
        bool staysQueued = random.Next(10) == 0;
        if (!staysQueued)
            coordinator.Background.Waiting.RemoveAt(index);
        bool isLost = random.Next(20) == 0;
        if (!isLost)
            await coordinator.RunAsync(item);
    }

    private void WorkOnOne()
    {
        int index = random.Next(atWork.Count);
        (object command, string worker) = atWork[index];
        switch (random.Next(20))
        {
            case < 6 when command is RenderSegment segment:
                network.OnTheWay.Add(new SegmentProgressed
                {
                    JobId = segment.JobId,
                    SegmentIndex = segment.SegmentIndex,
                    Attempt = segment.Attempt,
                    WorkerId = worker,
                    Stage = SegmentStage.Denoising,
                    Fraction = random.NextDouble(),
                });
                break;
            case 6:
                atWork.RemoveAt(index); // died without a word
                break;
            case 7:
                atWork.RemoveAt(index);
                crew.Fail(command, worker, FailureKind.Infrastructure, "The store was away.");
                break;
            case 8 when command is RenderSegment && worker == "w1":
                atWork.RemoveAt(index); // one bad worker; the others stay in good standing
                crew.Fail(command, worker, FailureKind.Rendering, "The pictures are black.");
                break;
            case 9 when command is RenderSegment segment:
                atWork.RemoveAt(index);
                Return(segment, worker);
                break;
            default:
                atWork.RemoveAt(index);
                Work(command, worker);
                break;
        }
    }

    private void Work(object command, string worker)
    {
        if (command is RenderSegment segment && segment.ExcludedWorkers.Contains(worker))
            Return(segment, worker);
        else if (command is RenderSegment poisoned && Poison.Contains(poisoned.SegmentIndex))
            crew.Fail(command, worker, FailureKind.Rendering, "Poison.");
        else
            crew.Finish(command, worker, FrameCount);
    }

    private void Return(RenderSegment segment, string worker) => network.OnTheWay.Add(new SegmentReturned
    {
        JobId = segment.JobId,
        SegmentIndex = segment.SegmentIndex,
        Attempt = segment.Attempt,
        WorkerId = worker,
    });
}
