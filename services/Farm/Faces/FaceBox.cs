namespace RenderFarm.Farm.Faces;

/// <summary>In pixels of the picture.</summary>
internal sealed record FaceBox(float Left, float Top, float Right, float Bottom);
