namespace RenderFarm.Media;

/// <summary>Arguments that open a file and nothing else.</summary>
/// <remarks>
/// Three locks, each enough alone for the attacks we know: only the protocols file and pipe exist; only demuxers that never open a
/// second file may be chosen (no playlists, no concatenation scripts, no image sequences, no session descriptions, no text); the
/// name is absolute and carries the prefix <c>file:</c>, so a leading '-' is no option and a ':' no protocol.
/// </remarks>
public static class InputArguments
{
    /// <summary>Largest single allocation a decoder may make: 8192 × 8192 pixels of 8 bytes, and some.</summary>
    private const string MaxAllocationBytes = "700000000";

    /// <summary>Containers of sound and video that hold their own bytes, by ffmpeg's names.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        "aac", "ac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "au", "avi", "caf", "dsf", "dts", "eac3", "flac", "flv",
        "matroska", "mov", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "ogg", "rm", "tak", "tta", "voc", "w64", "wav", "wv", "xwma",
    ];

    /// <summary>Every ffmpeg: no questions on stdin, only errors on stderr, no single huge allocation.</summary>
    public static IReadOnlyList<string> Quiet { get; } = ["-nostdin", "-hide_banner", "-v", "error", "-max_alloc", MaxAllocationBytes];

    /// <summary>One of <see cref="Containers"/>.</summary>
    public static IReadOnlyList<string> Container(string path) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", string.Join(',', Containers), "-i", FileUrl(path)];

    /// <summary>A path as ffmpeg's file protocol takes it: everything after the prefix is the name, letter by letter.</summary>
    public static string FileUrl(string path) => "file:" + Path.GetFullPath(path);
}
