using RenderFarm.Worker;

namespace RenderFarm.Farm.State;

/// <summary>Where the networks lie that set-up has imported: where the packs look for them.</summary>
internal static class ModelsFolder
{
    public static string Path { get; } = System.IO.Path.GetFullPath(new PackOptions().ModelsFolder);
}
