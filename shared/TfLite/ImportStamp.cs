namespace RenderFarm.TfLite;

/// <summary>What a folder of converted networks was made from.</summary>
internal sealed record ImportStamp(int ImporterVersion, IReadOnlyDictionary<string, string> Sha256ByName)
{
    public static ImportStamp Current { get; } = new(
        TfLiteConverter.Version, MediaPipeModels.All.ToDictionary(model => model.Name, model => model.Sha256));

    public bool IsCurrent =>
        ImporterVersion == Current.ImporterVersion
        && Sha256ByName is not null
        && Sha256ByName.Count == Current.Sha256ByName.Count
        && Current.Sha256ByName.All(wanted => Sha256ByName.TryGetValue(wanted.Key, out string? sha) && sha == wanted.Value);
}
