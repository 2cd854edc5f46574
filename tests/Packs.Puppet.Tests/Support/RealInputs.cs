using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>Portraits, speech and known landmarks from the shared folder.</summary>
internal static class RealInputs
{
    public static RgbImage Portrait(string name) => Picture(SharedFolder.At($"inputs/portraits/{name}.png"));

    public static RgbImage Picture(string path)
    {
        string size = Run("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", path], Text);
        string[] sides = size.Trim().Split(',');
        byte[] pixels = Run("ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"], Bytes);
        return new RgbImage(int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture), pixels);
    }

    /// <summary>One of the speech clips as mono 16 kHz.</summary>
    public static float[] Speech(string name) => SpeechFile(SharedFolder.At($"inputs/audio/{name}.wav"));

    public static float[] SpeechFile(string path)
    {
        byte[] bytes = Run("ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-ac", "1", "-ar", "16000", "-f", "f32le", "pipe:1"], Bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>The face of a portrait as the official package found it, in pixels of the portrait.</summary>
    public static PortraitFace GoldenFace(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.At("goldens/mediapipe/face478.json")));
        JsonElement image = document.RootElement.GetProperty("images").GetProperty($"{name}.png");
        Vector2 size = new(image.GetProperty("width").GetSingle(), image.GetProperty("height").GetSingle());
        return new PortraitFace([.. image.GetProperty("faces")[0].GetProperty("landmarks").EnumerateArray()
            .Select(point => size * new Vector2(point[0].GetSingle(), point[1].GetSingle()))]);
    }

    private static string Text(Stream output) => new StreamReader(output).ReadToEnd();

    private static byte[] Bytes(Stream output)
    {
        using var buffer = new MemoryStream();
        output.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static T Run<T>(string program, IEnumerable<string> arguments, Func<Stream, T> read)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        T result = read(process.StandardOutput.BaseStream);
        process.WaitForExit();
        return process.ExitCode == 0 ? result : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
