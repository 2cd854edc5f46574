namespace RenderFarm.Packs.EchoMimicV2.Tests;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("echomimic").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
