namespace RenderFarm.Contracts;

/// <summary>Frames per second as a rational number, for example 24/1 or 30000/1001.</summary>
public readonly record struct FrameRate(int Numerator, int Denominator);
