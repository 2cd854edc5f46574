namespace RenderFarm.MediaPipe;

/// <summary>What a crop shows outside the picture.</summary>
internal enum CropBorder
{
    Black,

    /// <summary>The nearest pixel of the edge.</summary>
    Replicate,
}
