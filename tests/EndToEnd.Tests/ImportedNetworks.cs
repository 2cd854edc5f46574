using RenderFarm.TestSupport;
using RenderFarm.TfLite;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>The face networks, imported once beside the program under test, where it looks for them.</summary>
internal static class ImportedNetworks
{
    private static readonly Lazy<Task<string>> s_folder = new(ImportAsync);

    public static Task<string> FolderAsync() => s_folder.Value;

    private static async Task<string> ImportAsync()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "models");
        await MediaPipeModels.ImportAsync(NpmPackages.Folder, folder, default);
        return folder;
    }
}
