using System.CommandLine;
using RenderFarm.Farm.Rendering;
using RenderFarm.Packs;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm packs</c>: what can be rendered with.</summary>
internal static class PacksCommand
{
    public static Command Create()
    {
        Command list = new("list", "Lists the model packs.");
        list.SetAction(async parsed =>
        {
            await using PackCatalog packs = InstalledPacks.Open();
            foreach (PackManifest pack in packs.Manifests)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{pack.Name,-16} {pack.Version,-8} {pack.MinSizePixels}-{pack.MaxSizePixels} px, {pack.DefaultSteps} steps  {pack.Summary}");
            }

            return ExitCode.Success;
        });
        return new Command("packs", "Shows and checks model packs.") { list, PacksImportCommand.Create(), PacksParityCommand.Create() };
    }
}
