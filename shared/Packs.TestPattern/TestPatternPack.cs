using RenderFarm.Failures;

namespace RenderFarm.Packs.TestPattern;

/// <summary>
/// A pack for drills and tests: every frame carries its number, a mark where the sound clicks and a hash of its latent, so that a
/// finished video proves by itself that no frame is lost, doubled, out of order, out of sync or wrongly denoised. Any portrait will do.
/// </summary>
public sealed class TestPatternPack : IModelPack
{
    private static readonly PackManifest TheManifest = new()
    {
        Name = "test-pattern",
        Version = "1.0",
        Summary = "Frames stamped with their own number, for checking a farm; no picture of anyone.",
        WindowFrames = 12,
        WindowOverlapFrames = 3,
        WindowShiftFrames = 3,
        DefaultSteps = 6,
        MinSizePixels = 64,
        MaxSizePixels = 1024,
        SizeMultiplePixels = 16,
    };

    /// <summary>For the catalogue; nothing is loaded, so nothing can fail.</summary>
    public static PackRegistration Registration { get; } = new(TheManifest, _ => Task.FromResult<IModelPack>(new TestPatternPack()));

    public PackManifest Manifest => TheManifest;

    /// <inheritdoc/>
    public Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (PackManifestRules.SizeViolation(Manifest, context.Settings.Encoding.SizePixels) is { } violation)
            throw new PermanentException(violation);
        if (context.FrameCount > TestPatternLayout.FrameNumberLimit)
            throw new PermanentException($"The test pattern counts to {TestPatternLayout.FrameNumberLimit} frames: choose shorter audio.");
        return Task.FromResult(new PackPreparation());
    }

    /// <inheritdoc/>
    public async Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        bool[] clicks = await ClickMarks.FindAsync(context.Audio, context.Frames, context.Settings.Encoding.FrameRate, cancellationToken);
        return new TestPatternModel(context.Frames, clicks, context.Settings.Encoding.SizePixels);
    }

    public void Dispose()
    {
    }
}
