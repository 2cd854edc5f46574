using System.Text.Json;
using System.Text.Json.Serialization;
using RenderFarm.Failures;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Pictures;

namespace RenderFarm.Packs.EchoMimicV2.Importing;

/// <summary>What a pack of this kind knows beyond its manifest: <c>echomimic.json</c>, beside the networks.</summary>
public sealed record EchoMimicDocument
{
    public const string FileName = "echomimic.json";

    private const int MaxBytes = 1 << 16;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required UNetConfig UNet { get; init; }

    public required NetworkPrecision Precision { get; init; }

    /// <summary>Filter of the portrait's reduction.</summary>
    public required PictureFilter Filter { get; init; }

    /// <summary>Strength of guidance; 1 for none.</summary>
    public required float Guidance { get; init; }

    /// <exception cref="PermanentException">Missing or not valid.</exception>
    public static EchoMimicDocument Read(string packFolder)
    {
        string path = Path.Combine(packFolder, FileName);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new PermanentException($"The file '{path}' is larger than {MaxBytes} bytes; import the pack again.");
            return JsonSerializer.Deserialize<EchoMimicDocument>(File.ReadAllBytes(path), s_json)
                ?? throw new PermanentException($"The file '{path}' is empty; import the pack again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PermanentException($"The file '{path}' cannot be read, import the pack again: {e.Message}", e);
        }
    }

    internal void Write(string packFolder) => File.WriteAllBytes(Path.Combine(packFolder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, s_json));
}
