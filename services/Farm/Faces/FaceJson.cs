using System.Text.Json.Serialization;

namespace RenderFarm.Farm.Faces;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FaceDocument))]
internal sealed partial class FaceJson : JsonSerializerContext;
