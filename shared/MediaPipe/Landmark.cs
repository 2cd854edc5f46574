namespace RenderFarm.MediaPipe;

/// <summary>
/// A point of a face or hand in pixels of the picture: x to the right, y down, (0, 0) the outer corner of the first pixel.
/// z is depth on the scale of x, smaller is nearer; its zero is about the middle of the head.
/// </summary>
public readonly record struct Landmark(float X, float Y, float Z);
