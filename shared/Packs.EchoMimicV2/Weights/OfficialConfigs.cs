using System.Text.Json;
using RenderFarm.Checkpoints;
using RenderFarm.Failures;
using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Packs.EchoMimicV2.Weights;

/// <summary>Reads the sizes of the networks from the JSON files and tensors of the official layout; nothing about widths is assumed.</summary>
public static class OfficialConfigs
{
    private const int WhisperHeadWidth = 64;

    public static UNetConfig ReadUNet(string path) => Read(path, json => new UNetConfig
    {
        BlockOutChannels = Ints(json, "block_out_channels"),
        LayersPerBlock = json.GetProperty("layers_per_block").GetInt32(),
        Heads = json.GetProperty("attention_head_dim").GetInt32(),
        NormGroups = GroupsOf(json),
        LatentChannels = json.GetProperty("in_channels").GetInt32(),
        DownBlockHasAttention = HaveAttention(json, "down_block_types"),
        UpBlockHasAttention = HaveAttention(json, "up_block_types"),
    });

    public static VaeConfig ReadVae(string path) => Read(path, json => new VaeConfig
    {
        BlockOutChannels = Ints(json, "block_out_channels"),
        LayersPerBlock = json.GetProperty("layers_per_block").GetInt32(),
        NormGroups = GroupsOf(json),
        LatentChannels = json.GetProperty("latent_channels").GetInt32(),
    });

    /// <summary>OpenAI's file says its sizes in 'dims'; the shapes of its tensors say the same and cannot disagree with themselves.</summary>
    public static WhisperConfig OfWhisper(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (!checkpoint.Tensors.TryGetValue("encoder.positional_embedding", out CheckpointTensor? positions) || positions.Shape.Count != 2
            || !checkpoint.Tensors.TryGetValue("encoder.conv1.weight", out CheckpointTensor? first) || first.Shape.Count != 3)
            throw new PermanentException($"The checkpoint '{checkpoint.Path}' is no Whisper model as OpenAI ships it.");
        int width = (int)positions.Shape[1];
        return new WhisperConfig
        {
            MelBands = (int)first.Shape[1],
            Positions = (int)positions.Shape[0],
            Width = width,
            Heads = Math.Max(1, width / WhisperHeadWidth),
            Layers = Enumerable.Range(0, 1000).TakeWhile(layer => checkpoint.Tensors.ContainsKey($"encoder.blocks.{layer}.attn.query.weight")).Count(),
        };
    }

    /// <summary>Width of the audio features the denoising network listens to.</summary>
    public static int AudioChannelsOf(Checkpoint denoisingUNet)
    {
        ArgumentNullException.ThrowIfNull(denoisingUNet);
        CheckpointTensor? keys = denoisingUNet.Tensors.Values.FirstOrDefault(tensor => tensor.Name.EndsWith("attn2.to_k.weight", StringComparison.Ordinal));
        return keys is { Shape.Count: 2 }
            ? (int)keys.Shape[1]
            : throw new PermanentException($"The checkpoint '{denoisingUNet.Path}' has no audio attention (attn2.to_k): it is no EchoMimic v2 denoising network.");
    }

    private static T Read<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(json.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The model configuration '{path}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PermanentException($"The model configuration '{path}' is not as expected: {e.Message}", e);
        }
    }

    /// <summary>32 where the key is absent, as in diffusers.</summary>
    private static int GroupsOf(JsonElement json) => json.TryGetProperty("norm_num_groups", out JsonElement groups) ? groups.GetInt32() : 32;

    private static IReadOnlyList<int> Ints(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static IReadOnlyList<bool> HaveAttention(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetString()!.StartsWith("CrossAttn", StringComparison.Ordinal))];
}
