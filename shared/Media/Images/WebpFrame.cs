namespace RenderFarm.Media;

/// <summary>The first frame of an animated WebP: its place on the canvas and where its chunks lie in the file.</summary>
public readonly record struct WebpFrame(int X, int Y, int WidthPixels, int HeightPixels, long ChunksOffset, long ChunksLength);
