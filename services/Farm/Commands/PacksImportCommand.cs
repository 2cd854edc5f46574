using System.CommandLine;
using RenderFarm.Packs.EchoMimicV2.Importing;
using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm packs import</c>: a pack from the checkpoints a model was published as.</summary>
internal static class PacksImportCommand
{
    private const int LargestSizePixels = 8192;

    public static Command Create()
    {
        Argument<string> kind = new("model") { Description = "The model: echomimic-v2.", HelpName = "MODEL" };
        kind.AcceptOnlyFromAmong("echomimic-v2");
        Option<string> from = new("--from") { Description = "The official folder of checkpoints, 'pretrained_weights'.", HelpName = "FOLDER", Required = true, CustomParser = OptionText.Name };
        Option<string> to = new("--to") { Description = "The folder of the new pack.", HelpName = "FOLDER", Required = true, CustomParser = OptionText.Name };
        Option<string> variant = new("--variant") { Description = "full: 30 steps with guidance; acc: 6 steps, from the accelerated weights.", DefaultValueFactory = _ => "full" };
        variant.AcceptOnlyFromAmong("full", "acc");
        Option<string> precision = new("--precision") { Description = "fp16 for GPUs, fp32 for CPUs.", DefaultValueFactory = _ => "fp16" };
        precision.AcceptOnlyFromAmong("fp16", "fp32");
        Option<int> size = new("--size") { Description = "The largest side the pack offers, in pixels.", HelpName = "PIXELS", DefaultValueFactory = _ => 768, CustomParser = OptionText.Whole(128, LargestSizePixels) };
        Command command = new("import", "Makes a model pack of official checkpoints.") { kind, from, to, variant, precision, size };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            ImportSettings settings = new()
            {
                From = parsed.GetRequiredValue(from),
                To = parsed.GetRequiredValue(to),
                Variant = parsed.GetValue(variant) == "acc" ? EchoMimicVariant.Accelerated : EchoMimicVariant.Full,
                Precision = parsed.GetValue(precision) == "fp32" ? NetworkPrecision.Fp32 : NetworkPrecision.Fp16,
                SizePixels = parsed.GetValue(size),
            };
            await PackImport.RunAsync(settings, new LinesAtOnce(output), cancellationToken);
            await output.WriteLineAsync($"made {settings.To}");
            return ExitCode.Success;
        });
        HelpWithExamples.Attach(command, "farm packs import echomimic-v2 --from pretrained_weights/ --to packs/echomimic-v2");
        return command;
    }

    /// <summary>Writes on the reporting thread, so that lines come in order.</summary>
    private sealed class LinesAtOnce(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine(value);
    }
}
