using System.Text.Json;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Networks;

/// <summary>Which file holds the bank of which transformer block.</summary>
internal static class GoldenBank
{
    public static IReadOnlyList<(string Prefix, string File)> Files()
    {
        using JsonDocument order = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden.Folder, "04_reference/bank_order.json")));
        return [.. order.RootElement.GetProperty("sorted_pairs").EnumerateArray()
            .Select(pair => (pair.GetProperty("writer").GetString()!, $"04_reference/{pair.GetProperty("file").GetString()}"))];
    }
}
