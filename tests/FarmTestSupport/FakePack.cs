using RenderFarm.Failures;
using RenderFarm.Packs;

namespace RenderFarm.FarmTestSupport;

/// <summary>A small deterministic model whose frames depend on seed, neighbours and place in the picture, and that can be told to misbehave.</summary>
public sealed class FakePack : IModelPack
{
    public const string Name = "fake";

    private int openCount;

    public static PackManifest TheManifest { get; } = new()
    {
        Name = Name,
        Version = "1",
        Summary = "A model for tests.",
        WindowFrames = 12,
        WindowOverlapFrames = 3,
        WindowShiftFrames = 3,
        DefaultSteps = 4,
        MinSizePixels = 16,
        MaxSizePixels = 256,
        SizeMultiplePixels = 2,
    };

    public PackManifest Manifest => TheManifest;

    /// <summary>What the models opened from now on do.</summary>
    public FakeFault Fault { get; set; }

    /// <summary>Thrown when a job is prepared, if set.</summary>
    public Exception? PrepareFailure { get; set; }

    public int OpenCount => openCount;

    public int PrepareCount { get; private set; }

    /// <summary>Completes when a model waits at the gate.</summary>
    public TaskCompletionSource AtGate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualResetEventSlim Gate { get; } = new();

    public PackRegistration Registration => new(Manifest, _ => Task.FromResult<IModelPack>(this));

    public Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken)
    {
        PrepareCount++;
        return PrepareFailure is null
            ? Task.FromResult(new PackPreparation { Warnings = [$"The portrait has {context.Portrait.Width}x{context.Portrait.Height} pixels."] })
            : throw PrepareFailure;
    }

    public Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref openCount);
        return Fault == FakeFault.ThrowsWhenOpened
            ? throw new TransientException("The weights could not be read.")
            : Task.FromResult<ISegmentModel>(new FakeModel(this, Fault, context));
    }

    public void Dispose()
    {
        // Belongs to the test, which may start several hosts with it.
    }

    internal void Wait(CancellationToken cancellationToken)
    {
        AtGate.TrySetResult();
        Gate.Wait(cancellationToken);
    }
}
