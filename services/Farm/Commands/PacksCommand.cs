using System.CommandLine;
using System.Globalization;
using RenderFarm.Farm.Doctor;
using RenderFarm.Farm.Rendering;
using RenderFarm.Packs;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm packs</c>: what can be rendered with.</summary>
internal static class PacksCommand
{
    private static readonly TimeSpan TrialLength = TimeSpan.FromSeconds(2);

    public static Command Create() => new("packs", "Shows and checks model packs.") { List(), Verify(), PacksImportCommand.Create(), PacksParityCommand.Create() };

    private static Command List()
    {
        Command list = new("list", "Lists the model packs.");
        list.SetAction(async parsed =>
        {
            await using PackCatalog packs = InstalledPacks.Open();
            foreach (PackManifest pack in packs.Manifests)
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{pack.Name,-16}{pack.Version,-8}{pack.Summary}");
            return ExitCode.Success;
        });
        return list;
    }

    private static Command Verify()
    {
        Argument<string> name = new("name") { Description = "The pack.", HelpName = "NAME", CustomParser = OptionText.Line };
        Command verify = new("verify", "Checks the files of a pack, loads it, and renders two seconds with it.") { name };
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            await using PackCatalog packs = InstalledPacks.Open();
            PackManifest pack = packs.ManifestOf(parsed.GetRequiredValue(name));
            IReadOnlyList<Finding> files = await InferenceCheck.RunAsync(cancellationToken);
            foreach (Finding finding in files)
                await output.WriteLineAsync(finding.Line);
            if (files.Any(finding => finding.Mark == FindingMark.Bad))
                return ExitCode.Failure;
            await packs.GetAsync(pack.Name, cancellationToken);
            int size = SmallSize(pack);
            (long frames, TimeSpan elapsed) = await TrialRender.RunAsync(pack.Name, size, TrialLength, cancellationToken);
            await output.WriteLineAsync(new Finding(FindingMark.Good, pack.Name, string.Create(CultureInfo.InvariantCulture,
                $"version {pack.Version} rendered {frames} frames at {size} px in {elapsed.TotalSeconds:0.0} s")).Line);
            return ExitCode.Success;
        });
        HelpWithExamples.Attach(verify, "farm packs verify puppet");
        return verify;
    }

    // A quick trial, but large enough for a face to be found.
    private static int SmallSize(PackManifest pack)
    {
        int multiple = pack.SizeMultiplePixels;
        return Math.Clamp((256 + multiple - 1) / multiple * multiple, pack.MinSizePixels, pack.MaxSizePixels);
    }
}
