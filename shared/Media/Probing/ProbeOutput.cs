using System.Globalization;
using System.Text.Json;

namespace RenderFarm.Media;

/// <summary>Reads ffprobe's JSON. Fields come and go with container and codec, so everything but the stream type is optional.</summary>
public static class ProbeOutput
{
    /// <exception cref="JsonException">This is not what ffprobe prints.</exception>
    public static MediaInfo Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement format = root.TryGetProperty("format", out JsonElement found) ? found : default;
        return new MediaInfo
        {
            Format = Text(format, "format_name") ?? "unknown",
            Duration = Seconds(Text(format, "duration")),
            Streams = root.TryGetProperty("streams", out JsonElement streams) ? [.. streams.EnumerateArray().Select(ParseStream)] : [],
            Tags = Tags(format),
        };
    }

    private static MediaTrack ParseStream(JsonElement stream) => new()
    {
        Index = Whole(stream, "index"),
        Kind = Kind(stream),
        Codec = Text(stream, "codec_name") ?? "unknown",
        Duration = Seconds(Text(stream, "duration")),
        SampleRateHz = Whole(stream, "sample_rate"),
        Channels = Whole(stream, "channels"),
        WidthPixels = Whole(stream, "width"),
        HeightPixels = Whole(stream, "height"),
        RotationDegrees = Rotation(stream),
        AverageFrameRate = Text(stream, "avg_frame_rate") ?? "0/0",
        PacketCount = Long(Text(stream, "nb_read_packets")) ?? Long(Text(stream, "nb_frames")),
    };

    private static TrackKind Kind(JsonElement stream) => Text(stream, "codec_type") switch
    {
        "audio" => TrackKind.Audio,
        "video" when stream.TryGetProperty("disposition", out JsonElement how) && Whole(how, "attached_pic") == 1 => TrackKind.Picture,
        "video" => TrackKind.Video,
        _ => TrackKind.Other,
    };

    private static int Rotation(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out JsonElement list))
            return 0;
        foreach (JsonElement data in list.EnumerateArray())
        {
            // ffprobe counts counter-clockwise.
            if (data.TryGetProperty("rotation", out JsonElement angle) && angle.TryGetDouble(out double degrees) && double.IsFinite(degrees))
                return (int)(((Math.Round(-degrees / 90) % 4) + 4) % 4) * 90;
        }

        return 0;
    }

    private static Dictionary<string, string> Tags(JsonElement format)
    {
        Dictionary<string, string> tags = new(StringComparer.OrdinalIgnoreCase);
        if (format.ValueKind == JsonValueKind.Object && format.TryGetProperty("tags", out JsonElement found))
            foreach (JsonProperty tag in found.EnumerateObject())
                tags[tag.Name] = tag.Value.ToString();
        return tags;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    private static int Whole(JsonElement element, string name) =>
        int.TryParse(Text(element, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static long? Long(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : null;

    // A container may claim anything, also a negative or an endless length.
    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
}
