using System.CommandLine;
using System.Globalization;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Parity;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm packs parity</c>: compares this program's EchoMimic v2 with numbers of the official implementation.</summary>
internal static class PacksParityCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("folder")
        {
            Description = "Checkpoints, inputs and outputs of every stage, laid out like the golden data.",
            HelpName = "GOLDEN-FOLDER",
            CustomParser = OptionText.Name,
        };
        Command command = new("parity", "Runs every stage of EchoMimic v2 found in a folder and compares it with the official numbers there.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            Dictionary<ParityStatus, int> counts = [];
            OrtSessionOptions options = new() { IntraOpThreads = Environment.ProcessorCount };
            await foreach (ParityRow row in ParityCheck.RunAsync(parsed.GetRequiredValue(folder), OrtRuntime.Load(OrtLibrary.Find(null)), options, cancellationToken))
            {
                if (counts.Count == 0) // not before the folder is known to be one
                    await output.WriteLineAsync($"{"stage",-52} {"max |Δ|",10} {"tolerance",10} {"PSNR dB",8}  result");
                counts[row.Status] = counts.GetValueOrDefault(row.Status) + 1;
                await output.WriteLineAsync(Line(row));
            }

            int failed = counts.GetValueOrDefault(ParityStatus.Failed), passed = counts.GetValueOrDefault(ParityStatus.Passed);
            await output.WriteLineAsync($"{passed} passed, {failed} failed, {counts.GetValueOrDefault(ParityStatus.Skipped)} skipped");
            return failed == 0 && passed > 0 ? ExitCode.Success : ExitCode.Failure;
        });
        HelpWithExamples.Attach(command, "farm packs parity goldens/echomimic-v2-tiny");
        return command;
    }

    private static string Line(ParityRow row)
    {
        string psnr = row.PsnrDb is { } db ? (double.IsInfinity(db) ? "equal" : db.ToString("0.0", CultureInfo.InvariantCulture)) : "";
        string result = row.Status switch { ParityStatus.Passed => "pass", ParityStatus.Failed => "FAIL", _ => "skipped" };
        return string.Create(CultureInfo.InvariantCulture,
            $"{row.Stage,-52} {row.MaxDifference,10:0.0e+0} {row.Tolerance,10:0.0e+0} {psnr,8}  {result}{(row.Note.Length > 0 ? $": {row.Note}" : "")}");
    }
}
