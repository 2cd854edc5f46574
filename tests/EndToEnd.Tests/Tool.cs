using System.Diagnostics;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Runs ffmpeg and ffprobe from outside, so that no code of ours judges itself.</summary>
internal static class Tool
{
    public static async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }

    /// <summary>A hash per decoded frame, in order.</summary>
    public static async Task<IReadOnlyList<string>> FrameHashesAsync(string video)
    {
        string listing = await RunAsync("ffmpeg", "-v", "error", "-i", video, "-map", "0:v:0", "-f", "framemd5", "-");
        return [.. listing.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }

    /// <summary>One value of ffprobe.</summary>
    public static async Task<string> ProbeAsync(string file, string stream, string entry, params IReadOnlyList<string> more) =>
        (await RunAsync("ffprobe", ["-v", "error", .. more, "-select_streams", stream, "-show_entries", entry, "-of", "default=nk=1:nw=1", file])).Trim();

    /// <summary>Speech of exactly <paramref name="seconds"/>, cut or repeated from real files.</summary>
    public static Task SpeechAsync(string output, double seconds, params IReadOnlyList<string> files) =>
        RunAsync("ffmpeg",
        [
            "-v", "error", "-y", .. files.SelectMany(file => new[] { "-i", file }),
            "-filter_complex", $"{string.Concat(files.Select((_, i) => $"[{i}:a]"))}concat=n={files.Count}:v=0:a=1,aloop=-1:size=2147483647,atrim=end={Text(seconds)}",
            "-ar", "44100", output,
        ]);

    public static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
