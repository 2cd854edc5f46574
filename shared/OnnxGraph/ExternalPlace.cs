namespace RenderFarm.OnnxGraph;

/// <summary>Where the data of a tensor starts in which data file.</summary>
internal sealed record ExternalPlace(string FileName, long Offset);
