using System.Text;
using RenderFarm.Failures;
using RenderFarm.Media;

namespace RenderFarm.Farm.Doctor;

/// <summary>ffmpeg and ffprobe: there, new enough, with the encoders that chunks and sound need.</summary>
internal static class MediaToolsCheck
{
    /// <summary>The first with the filters and muxer options that are used here.</summary>
    private const int OldestMajorVersion = 5;

    private const int MaxOutputBytes = 1 << 20;

    private static readonly string[] Encoders = ["libx264", "ffv1", "aac"];

    public static async Task<IReadOnlyList<Finding>> RunAsync(MediaTools tools, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        foreach (string program in (string[])[tools.Ffmpeg, tools.Ffprobe])
            findings.Add(await FindAsync(program, ["-version"], text => Version(program, text), cancellationToken));
        if (findings[0].Mark != FindingMark.Bad)
            findings.Add(await FindAsync(tools.Ffmpeg, ["-hide_banner", "-v", "error", "-encoders"], EncodersIn, cancellationToken));
        return findings;
    }

    /// <summary>Reads the first line of <c>-version</c>; builds from the repository have no number and pass with a note.</summary>
    internal static Finding Version(string program, string text)
    {
        string[] words = text.Split('\n')[0].Split(' ');
        string version = words.Length > 2 && words[1] == "version" ? words[2] : "unknown";
        string digits = new([.. version.TrimStart('n').TakeWhile(char.IsAsciiDigit)]);
        return !int.TryParse(digits, out int major) ? new(FindingMark.Note, program, $"version {version}, which cannot be compared with {OldestMajorVersion}")
            : major < OldestMajorVersion ? new(FindingMark.Bad, program, $"version {version} is too old: install {OldestMajorVersion}.0 or newer")
            : new(FindingMark.Good, program, $"version {version}");
    }

    /// <summary>Reads the table of <c>-encoders</c>: flags, name, description.</summary>
    internal static Finding EncodersIn(string text)
    {
        HashSet<string> names = [.. text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1).Select(words => words[1])];
        string[] missing = [.. Encoders.Where(encoder => !names.Contains(encoder))];
        return missing.Length == 0
            ? new(FindingMark.Good, "encoders", string.Join(", ", Encoders))
            : new(FindingMark.Bad, "encoders", $"this ffmpeg lacks {string.Join(", ", missing)}: install Debian's, apt-get install ffmpeg");
    }

    private static async Task<Finding> FindAsync(string program, IReadOnlyList<string> arguments, Func<string, Finding> judge, CancellationToken cancellationToken)
    {
        try
        {
            await using MediaProcess process = MediaProcess.Start(program, arguments);
            process.CloseInput();
            byte[] text = new byte[MaxOutputBytes];
            int count = await process.ReadAtLeastAsync(text, text.Length, cancellationToken);
            await process.CompleteAsync(cancellationToken);
            return judge(Encoding.UTF8.GetString(text, 0, count));
        }
        catch (Exception e) when (e is PermanentException or TransientException or MediaToolException)
        {
            return new(FindingMark.Bad, program, e.Message);
        }
    }
}
