using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Media.Tests;

/// <summary>Media files made by ffmpeg itself, as a user would have them.</summary>
internal static class Samples
{
    public static readonly FrameRate[] Rates = [new(24, 1), new(25, 1), new(30, 1), new(30000, 1001)];

    /// <summary>Runs ffmpeg; the arguments end with the output.</summary>
    public static async Task MakeAsync(params string[] arguments)
    {
        await using MediaProcess ffmpeg = MediaProcess.Start("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);
        await ffmpeg.CompleteAsync(CancellationToken.None);
    }

    public static Task ToneAsync(string path, double seconds, int rate = 44100, int channels = 1) => MakeAsync(
        "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"sine=frequency=440:sample_rate={rate}"),
        "-af", string.Create(CultureInfo.InvariantCulture, $"atrim=end_sample={(long)Math.Round(seconds * rate)}"),
        "-ac", channels.ToString(CultureInfo.InvariantCulture), path);

    public static VideoEncoding AnEncoding(FrameRate? rate = null, VideoCodec codec = VideoCodec.H264, int size = 64, int crf = 18) =>
        new() { Codec = codec, Crf = crf, FrameRate = rate ?? new FrameRate(24, 1), SizePixels = size };

    public static VideoLabels SomeLabels => new() { Title = "A lecture", Generator = "RenderFarm puppet 1.0" };

    /// <summary>A frame that tells which one it is: a moving gradient over noise that depends on the number.</summary>
    public static byte[] Frame(long number, int size)
    {
        byte[] rgb = new byte[size * size * 3];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int at = ((y * size) + x) * 3;
                rgb[at] = (byte)((x * 3) + number);
                rgb[at + 1] = (byte)((y * 2) + (number * 2));
                rgb[at + 2] = (byte)(((x ^ y) * 5) + (number * 3));
            }
        }

        return rgb;
    }

    /// <summary>Encodes frames of <see cref="Frame"/> and returns the path.</summary>
    public static async Task<string> ChunkAsync(string path, VideoEncoding encoding, long first, long count)
    {
        await using ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, encoding, path);
        for (long i = first; i < first + count; i++)
            await encoder.WriteAsync(Frame(i, encoding.SizePixels), CancellationToken.None);
        Assert.Equal(count, await encoder.FinishAsync(CancellationToken.None));
        return path;
    }

    /// <summary>A shell script in place of ffmpeg.</summary>
    public static async Task<MediaTools> PretendedFfmpegAsync(Scratch scratch, string script)
    {
        string path = scratch["ffmpeg"];
        await File.WriteAllTextAsync(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return new MediaTools(path, "ffprobe");
    }

    /// <summary>All frames of a video as RGB24, one after the other.</summary>
    public static async Task<byte[]> DecodeAsync(string path)
    {
        using MemoryStream all = new();
        await using MediaProcess ffmpeg = MediaProcess.Start(
            "ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]);
        byte[] buffer = new byte[1 << 16];
        int count;
        while ((count = await ffmpeg.ReadAsync(buffer, CancellationToken.None)) > 0)
            all.Write(buffer.AsSpan(0, count));
        await ffmpeg.CompleteAsync(CancellationToken.None);
        return all.ToArray();
    }

    /// <summary>What ffprobe prints for the given entries of every packet of a stream, one line a packet.</summary>
    public static async Task<string[]> PacketsAsync(string path, string stream, string entries)
    {
        using MemoryStream all = new();
        await using MediaProcess probe = MediaProcess.Start(
            "ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "packet=" + entries, "-of", "csv=p=0", path]);
        byte[] buffer = new byte[1 << 16];
        int count;
        while ((count = await probe.ReadAsync(buffer, CancellationToken.None)) > 0)
            all.Write(buffer.AsSpan(0, count));
        await probe.CompleteAsync(CancellationToken.None);
        return System.Text.Encoding.ASCII.GetString(all.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
