namespace RenderFarm.Packs;

/// <summary>A model pack that has been loaded: turns portrait, audio and pose into frames. Safe for one caller at a time per segment model.</summary>
public interface IModelPack : IDisposable
{
    PackManifest Manifest { get; }

    /// <summary>Checks the inputs of a job and stores what its segments share. Runs once per job, before planning; harmless when repeated.</summary>
    /// <exception cref="Failures.PermanentException">The inputs cannot be rendered; the message tells the user why.</exception>
    Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken);

    /// <summary>Opens the model for the frames of one segment, halo included. What it returns depends on nothing outside the context.</summary>
    Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken);
}
