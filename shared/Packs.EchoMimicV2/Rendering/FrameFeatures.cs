namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>What the denoising network is told about a frame: its audio chunk [50, A] or its pose features [C0, h, w].</summary>
/// <param name="frame">Absolute frame number.</param>
/// <param name="values">Receives all of them, row-major.</param>
public delegate void FrameFeatures(long frame, Span<float> values);
