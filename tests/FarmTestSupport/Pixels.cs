using System.Diagnostics;

namespace RenderFarm.FarmTestSupport;

/// <summary>The frames of a chunk or a video as ffmpeg decodes them.</summary>
public static class Pixels
{
    /// <returns>RGB24, frame after frame.</returns>
    public static async Task<byte[]> OfAsync(byte[] video)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, video);
            using Process decoder = Process.Start(new ProcessStartInfo(
                "ffmpeg", ["-v", "error", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]) { RedirectStandardOutput = true })!;
            using MemoryStream pixels = new();
            await decoder.StandardOutput.BaseStream.CopyToAsync(pixels);
            await decoder.WaitForExitAsync();
            return decoder.ExitCode == 0 ? pixels.ToArray() : throw new InvalidDataException($"ffmpeg ended with code {decoder.ExitCode}.");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
