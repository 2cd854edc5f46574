using System.CommandLine;
using RenderFarm.Farm.Doctor;
using RenderFarm.Farm.State;
using RenderFarm.Media;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm doctor</c>: is everything here that a render needs, and how fast will it be?</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Checks what a render needs and measures this machine's speed.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            bool isWell = true;
            await foreach (Finding finding in ExamineAsync(cancellationToken))
            {
                isWell &= finding.Mark != FindingMark.Bad;
                await output.WriteLineAsync($"{Word(finding.Mark),-6}{finding.Subject,-14}{finding.Text}");
            }

            return isWell ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Finding finding in await MediaToolsCheck.RunAsync(MediaTools.FromPath, cancellationToken))
            yield return finding;
        foreach (Finding finding in await InferenceCheck.RunAsync(cancellationToken))
            yield return finding;
        foreach (Finding finding in StateCheck.Run(FarmHome.FromEnvironment()))
            yield return finding;
    }

    private static string Word(FindingMark mark) => mark switch
    {
        FindingMark.Good => "ok",
        FindingMark.Note => "note",
        _ => "BAD",
    };
}
