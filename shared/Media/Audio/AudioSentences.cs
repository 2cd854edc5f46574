using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>What a user reads when a sound file cannot be used.</summary>
internal static class AudioSentences
{
    public static PermanentException NotSound(string path, Exception reason) => new(
        $"The audio '{ShownPath.Of(path)}' is not a sound file that can be read (playlists and web addresses are not followed): give a WAV, MP3, M4A, Opus, Ogg or FLAC file.",
        reason);

    public static PermanentException Silent(string path) => new(
        $"The audio '{ShownPath.Of(path)}' has a length of zero: choose a file with sound in it.");

    public static PermanentException TooShort(string path, double seconds) => new(
        $"The audio '{ShownPath.Of(path)}' is only {seconds * 1000:F0} ms long, shorter than one frame: choose a file of at least 0.2 s.");

    public static PermanentException TooLong(string path, double hours) => new(
        $"The audio '{ShownPath.Of(path)}' is longer than {hours:F0} hours: cut it into parts.");
}
