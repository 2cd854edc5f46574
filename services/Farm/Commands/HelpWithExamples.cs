using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace RenderFarm.Farm.Commands;

/// <summary>The usual help, then lines to copy.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    private readonly HelpAction usual = new();

    /// <summary>Adds examples to the help of a command.</summary>
    public static void Attach(Command command, params string[] lines) => Examples.Add(command, lines);

    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out string[]? lines))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in lines)
                output.WriteLine($"  {line}");
            output.WriteLine();
        }

        return result;
    }
}
