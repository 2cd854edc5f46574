using System.Diagnostics;

namespace RenderFarm.Worker.Tests;

/// <summary>The frames of a chunk as the encoder was given them.</summary>
internal static class Pixels
{
    public static async Task<byte[]> OfChunkAsync(byte[] chunk)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, chunk);
            using Process decoder = Process.Start(new ProcessStartInfo(
                "ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]) { RedirectStandardOutput = true })!;
            using MemoryStream pixels = new();
            await decoder.StandardOutput.BaseStream.CopyToAsync(pixels);
            await decoder.WaitForExitAsync();
            Assert.Equal(0, decoder.ExitCode);
            return pixels.ToArray();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
