namespace RenderFarm.Contracts;

/// <summary>What windows do at the two ends of the timeline.</summary>
public enum WindowClosing
{
    /// <summary>No wrap: the first and last windows are clamped into the timeline.</summary>
    Line = 0,

    /// <summary>Frame numbers modulo the length, as the official single-clip pipeline does.</summary>
    Ring = 1,
}
