using System.CommandLine;
using System.Runtime.CompilerServices;
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
        HelpWithExamples.Attach(command, "farm doctor");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            bool isWell = true;
            await foreach (Finding finding in ExamineAsync(cancellationToken))
            {
                isWell &= finding.Mark != FindingMark.Bad;
                await output.WriteLineAsync(finding.Line);
            }

            return isWell ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool canRender = true;
        IEnumerable<Finding> parts =
        [
            .. await MediaToolsCheck.RunAsync(MediaTools.FromPath, cancellationToken),
            .. await InferenceCheck.RunAsync(cancellationToken),
            .. StateCheck.Run(FarmHome.FromEnvironment()),
        ];
        foreach (Finding finding in parts)
        {
            canRender &= finding.Mark != FindingMark.Bad;
            yield return finding;
        }

        if (canRender)
            yield return await SpeedCheck.RunAsync(cancellationToken);
    }
}
