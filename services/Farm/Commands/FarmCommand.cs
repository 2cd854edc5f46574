using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;

namespace RenderFarm.Farm.Commands;

/// <summary>The tree of commands.</summary>
internal static class FarmCommand
{
    /// <summary>The version with the commit it was built from.</summary>
    public static string Version { get; } =
        typeof(FarmCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static RootCommand Create()
    {
        RootCommand root = new("Turns a portrait and a recorded lecture into a video of that person giving the lecture.")
        {
            RenderCommand.Create(),
            DemoCommand.Create(),
            DoctorCommand.Create(),
            PacksCommand.Create(),
            FaceCommand.Create(),
            SetupCommand.Create(),
        };
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        root.SetAction(parsed =>
        {
            root.Parse(["--help"]).Invoke(parsed.InvocationConfiguration);
            return ExitCode.Usage;
        });
        HelpWithExamples.Attach(root,
            "farm demo",
            "farm render --portrait me.jpg --audio lecture.mp3 --out lecture.mp4",
            "farm doctor");
        return root;
    }
}
