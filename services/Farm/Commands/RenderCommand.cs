using System.CommandLine;
using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm render</c>.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        Option<string> portrait = new("--portrait")
        {
            Description = "Picture of the person: PNG, JPEG, WebP or anything else ffmpeg reads as an image.",
            HelpName = "FILE",
            Required = true,
            CustomParser = OptionText.Name,
        };
        Option<string> audio = new("--audio")
        {
            Description = "The recording: WAV, MP3, M4A, Opus, FLAC, or a video whose sound is used; 0.2 s to many hours.",
            HelpName = "FILE",
            Required = true,
            CustomParser = OptionText.Name,
        };
        Option<string> output = new("--out")
        {
            Description = "The video to write: .mp4 for h264, .mkv for ffv1.",
            HelpName = "FILE",
            Required = true,
            CustomParser = OptionText.Name,
        };
        RenderSwitches switches = new();
        Command command = new("render", "Renders a lecture. Interrupted, the same command goes on where it stopped.")
        {
            portrait,
            audio,
            output,
        };
        switches.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            RenderOptions options = switches.Read(parsed, parsed.GetRequiredValue(portrait), parsed.GetRequiredValue(audio), parsed.GetRequiredValue(output));
            return RenderRun.ExecuteAsync(options, parsed.InvocationConfiguration, cancellationToken);
        });
        HelpWithExamples.Attach(command,
            "farm render --portrait me.jpg --audio lecture.mp3 --out lecture.mp4",
            "farm render --portrait me.png --audio talk.wav --out talk.mp4 --size 768 --fps 30000/1001 --title \"Tides\"",
            "farm render --portrait me.png --audio talk.wav --out talk.mkv --codec ffv1 --json | jq .");
        return command;
    }
}
