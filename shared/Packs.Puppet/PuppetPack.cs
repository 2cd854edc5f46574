using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Packs.Puppet.Denoising;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Portraits;

namespace RenderFarm.Packs.Puppet;

/// <summary>
/// The built-in pack: a portrait that talks, on a CPU, faster than real time. A diffusion model in closed form moves it, a dense warp of the
/// portrait shows it. It needs no weights of its own; face landmarks come from MediaPipe's networks, and only when a job is prepared.
/// </summary>
public sealed class PuppetPack : IModelPack
{
    private const string MotionName = "motion.f32";

    private readonly Func<IPortraitFaces> _openFaces;
    private readonly StageShelf _stages = new();

    /// <param name="openFaces">Opens what finds faces; called once per prepared job, so a process that only renders never loads it.</param>
    public PuppetPack(Func<IPortraitFaces> openFaces)
    {
        ArgumentNullException.ThrowIfNull(openFaces);
        _openFaces = openFaces;
    }

    /// <summary>What the pack says of itself; known without loading it.</summary>
    public static PackManifest TheManifest { get; } = new()
    {
        Name = "puppet",
        Version = "1.0",
        Summary = "Built in: a talking portrait by image warping, on a CPU, faster than real time; no weights to download.",
        WindowFrames = 12,
        WindowOverlapFrames = 3,
        WindowShiftFrames = 3,
        DefaultSteps = 6,
        MinSizePixels = 128,
        MaxSizePixels = 1024,
        SizeMultiplePixels = 16,
    };

    public PackManifest Manifest => TheManifest;

    /// <summary>For the catalogue.</summary>
    /// <inheritdoc cref="PuppetPack(Func{IPortraitFaces})" path="/param"/>
    public static PackRegistration Registration(Func<IPortraitFaces> openFaces) =>
        new(TheManifest, _ => Task.FromResult<IModelPack>(new PuppetPack(openFaces)));

    /// <inheritdoc/>
    public async Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        VideoEncoding encoding = context.Settings.Encoding;
        if (PackManifestRules.SizeViolation(Manifest, encoding.SizePixels) is { } violation)
            throw new PermanentException(violation);

        IReadOnlyList<string> warnings = await PreparePortraitAsync(context, cancellationToken);
        SpeechLevels levels = await MotionMeans.MeasureLevelsAsync(context.Audio, cancellationToken);
        await MotionTrackObject.WriteAsync(
            context.Store,
            context.PackPrefix + MotionName,
            MotionMeans.ReadAsync(context.Audio, levels, encoding.FrameRate, context.FrameCount, context.Settings.Seed, cancellationToken),
            cancellationToken);
        return new PackPreparation
        {
            Warnings = levels.IsSilent ? [.. warnings, "There is nothing to hear in the audio; the mouth will stay shut."] : warnings,
        };
    }

    /// <inheritdoc/>
    public async Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        PreparedPortrait portrait = await PreparedPortrait.ReadAsync(context.Store, context.PackPrefix, cancellationToken);
        if (portrait.SizePixels != context.Settings.Encoding.SizePixels)
            throw new PermanentException($"The job was prepared for {portrait.SizePixels} pixels, not {context.Settings.Encoding.SizePixels}; start it again.");
        MotionTrack means = await MotionTrackObject.ReadAsync(context.Store, context.PackPrefix + MotionName, context.Frames, cancellationToken);
        FrameRate rate = context.Settings.Encoding.FrameRate;
        var distance = new FrameDistance(context.Settings.Closing, context.FrameCount, (double)rate.Denominator / rate.Numerator);
        return new PuppetSegmentModel(_stages.GetOrBuild(portrait), new MotionDenoiser(means, distance));
    }

    public void Dispose()
    {
    }

    private async Task<IReadOnlyList<string>> PreparePortraitAsync(PrepareContext context, CancellationToken cancellationToken)
    {
        using IPortraitFaces faces = _openFaces();
        (PreparedPortrait portrait, IReadOnlyList<string> warnings) =
            PortraitPreparation.Prepare(context.Portrait, context.Settings.Encoding.SizePixels, faces);
        await portrait.WriteAsync(context.Store, context.PackPrefix, cancellationToken);
        return warnings;
    }
}
