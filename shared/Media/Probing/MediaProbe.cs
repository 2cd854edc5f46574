using System.Text.Json;
using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>Asks ffprobe what is in a file.</summary>
public sealed class MediaProbe(MediaTools tools)
{
    /// <summary>A hostile file must not make us read its description for ever.</summary>
    private const int MaxDescriptionBytes = 16 << 20;

    /// <summary>Arguments that describe a file as JSON.</summary>
    public static IReadOnlyList<string> Describe(string path, bool countPackets) =>
    [
        "-hide_banner", "-v", "error", .. InputArguments.Container(path),
        .. countPackets ? (string[])["-count_packets"] : [],
        "-show_entries",
        "format=format_name,duration:format_tags:stream=index,codec_type,codec_name,duration,sample_rate,channels,width,height,avg_frame_rate,nb_frames,nb_read_packets"
        + ":stream_disposition=attached_pic:stream_side_data=rotation",
        "-of", "json",
    ];

    /// <summary>Describes any sound or video file.</summary>
    /// <exception cref="MediaToolException">ffprobe cannot read it.</exception>
    public async Task<MediaInfo> ReadAsync(string path, CancellationToken cancellationToken, bool countPackets = false)
    {
        await using MediaProcess probe = MediaProcess.StartCapped(tools.Ffprobe, Describe(path, countPackets));
        using MemoryStream json = new();
        byte[] buffer = new byte[16384];
        int count;
        while ((count = await probe.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (json.Length + count > MaxDescriptionBytes)
                throw new MediaToolException(tools.Ffprobe, 0, "the description of the file does not end");
            await json.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        await probe.CompleteAsync(cancellationToken);
        return ProbeOutput.Parse(json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    /// <summary>Describes a file that a user named as audio.</summary>
    /// <exception cref="PermanentException">It is missing, unreadable, of no known kind or without sound.</exception>
    public async Task<MediaInfo> RequireAudioAsync(string path, CancellationToken cancellationToken)
    {
        string file = UserFile.Require(path, "audio");
        MediaInfo info;
        try
        {
            info = await ReadAsync(file, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is MediaToolException or JsonException || ToolFailure.IsOutOfMemory(unreadable))
        {
            throw AudioSentences.NotSound(path, unreadable);
        }

        return info.Audio is not null ? info : throw new PermanentException(info.Video is not null
            ? $"The video '{ShownPath.Of(path)}' has no sound: choose a file with sound."
            : $"There is no sound in '{ShownPath.Of(path)}': choose a sound file.");
    }
}
