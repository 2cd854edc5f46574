using System.CommandLine;
using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm demo</c>: renders the lecture that comes with the program.</summary>
internal static class DemoCommand
{
    private const string DefaultOutput = "out/demo.mp4";

    public static Command Create()
    {
        Option<string> output = new("--out")
        {
            Description = $"The video to write. [default: {DefaultOutput}, replaced if it exists]",
            HelpName = "FILE",
            CustomParser = OptionText.Name,
        };
        RenderSwitches switches = new();
        Command command = new("demo", "Renders the sample lecture (why the sky is blue, 40 s) and says where the video is.") { output };
        switches.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            RenderOptions options = switches.Read(parsed, SampleLecture.Portrait, SampleLecture.Audio, parsed.GetValue(output) ?? DefaultOutput);
            options = options with { Title = options.Title ?? SampleLecture.Title };
            if (parsed.GetValue(output) is null)
            {
                options = options with { Force = true };
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(DefaultOutput))!);
            }

            return RenderRun.ExecuteAsync(options, parsed.InvocationConfiguration, cancellationToken);
        });
        HelpWithExamples.Attach(command, "farm demo", "farm demo --size 768 --out big.mp4");
        return command;
    }
}
