namespace RenderFarm.Packs.TestPattern;

/// <summary>What a frame of the test pattern says about itself.</summary>
/// <param name="FrameNumber">Absolute number in the timeline, below 2²⁴.</param>
/// <param name="Marker">The sound has a click within this frame.</param>
/// <param name="LatentHash">16 bits that depend on every bit of the frame's denoised latent.</param>
public readonly record struct TestPatternStamp(long FrameNumber, bool Marker, int LatentHash);
