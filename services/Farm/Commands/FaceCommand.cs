using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RenderFarm.Farm.Faces;
using RenderFarm.Farm.State;
using RenderFarm.Imaging;
using RenderFarm.Media;
using RenderFarm.MediaPipe;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.Farm.Commands;

/// <summary><c>farm face</c>: what the face networks see in a portrait.</summary>
internal static class FaceCommand
{
    private const int MaxFaces = 16;

    public static Command Create()
    {
        Argument<string> image = new("image") { Description = "The picture.", HelpName = "IMAGE", CustomParser = OptionText.Name };
        Option<bool> json = new("--json") { Description = "All 478 points of every face, as one JSON document." };
        Command command = new("face", "Shows the faces found in a picture, the largest first: it is the one a render uses.") { image, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RgbImage picture = await new ImageDecoder(MediaTools.FromPath).DecodeAsync(parsed.GetRequiredValue(image), cancellationToken);
            using FaceLandmarker landmarker = new(OrtRuntime.Load(OrtLibrary.Find(null)), ModelsFolder.Path);
            FaceDocument found = FaceDocument.Of(picture, landmarker.Detect(picture, MaxFaces));
            TextWriter output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(found, FaceJson.Default.FaceDocument) : InWords(found));
            return ExitCode.Success;
        });
        HelpWithExamples.Attach(command, "farm face me.jpg", "farm face me.jpg --json > points.json");
        return command;
    }

    private static string InWords(FaceDocument found)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{found.Width} × {found.Height} pixels");
        return found.Faces.Count == 0
            ? $"no face in {size}: choose a picture that shows the face from the front, well lit and not too small"
            : string.Join(Environment.NewLine, found.Faces.Select((face, index) => string.Create(CultureInfo.InvariantCulture,
                $"face {index + 1}: {face.Box.Right - face.Box.Left:0} × {face.Box.Bottom - face.Box.Top:0} at ({face.Box.Left:0}, {face.Box.Top:0}) of {size}, score {face.Score:0.00}")));
    }
}
