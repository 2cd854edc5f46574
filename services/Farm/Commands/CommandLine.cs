using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using RenderFarm.Failures;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Commands;

/// <summary>From arguments to exit code. Every failure a user can cause ends here as one sentence on the error output.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Interruption interruption)
    {
        ParseResult parsed = FarmCommand.Create().Parse(args, new ParserConfiguration
        {
            ResponseFileTokenReplacer = null, // '@name' is a file name here, not a file of arguments
            EnablePosixBundling = false,
        });
        if (parsed.Action is ParseErrorAction) // and not help, which is shown however wrong the rest is
        {
            // A wrong value says more than an option that is not there yet.
            ParseError first = parsed.Errors.FirstOrDefault(e => e.SymbolResult is OptionResult) ?? parsed.Errors[0];
            await error.WriteLineAsync($"error: {first.Message}");
            await error.WriteLineAsync($"'{FullName(parsed.CommandResult)} --help' shows what there is.");
            return ExitCode.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are ours: see Interruption
            };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return interruption.ExitCode;
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync($"error: {e.Message}");
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is PermanentException or TransientException)
        {
            await error.WriteLineAsync($"error: {e.Message}");
            return ExitCode.Failure;
        }
        catch (Exception e) // Nobody foresaw it: the user gets a sentence, the report keeps the details.
        {
            await error.WriteLineAsync($"error: {CrashReport.Write(FarmHome.FromEnvironment(), e)}");
            return ExitCode.Failure;
        }
    }

    private static string FullName(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{FullName(parent)} {command.Command.Name}" : "farm";
}
