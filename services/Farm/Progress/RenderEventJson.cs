using System.Text.Json.Serialization;

namespace RenderFarm.Farm.Progress;

/// <summary>Generated at build time: reflection would cost every start a tenth of a second.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(RenderEvent))]
internal sealed partial class RenderEventJson : JsonSerializerContext;
