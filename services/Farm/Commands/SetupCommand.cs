using System.CommandLine;
using RenderFarm.Farm.State;
using RenderFarm.TfLite;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm setup</c>: what ./farm runs after a build; not shown in the help.</summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        Option<string> packages = new("--packages")
        {
            Description = "The node_modules folder with Google's MediaPipe packages.",
            HelpName = "FOLDER",
            Required = true,
            CustomParser = OptionText.Name,
        };
        Command command = new("setup", "Converts the face and hand networks for this program.") { packages };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool isNew = await MediaPipeModels.ImportAsync(parsed.GetRequiredValue(packages), ModelsFolder.Path, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                isNew ? $"{MediaPipeModels.All.Count} networks are in {ModelsFolder.Path}" : $"the networks in {ModelsFolder.Path} are current");
            return ExitCode.Success;
        });
        return command;
    }
}
