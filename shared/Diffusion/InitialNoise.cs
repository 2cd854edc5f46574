namespace RenderFarm.Diffusion;

/// <summary>The noise a frame starts from, a pure function of the absolute frame number.</summary>
/// <param name="noiseL">Receives one latent.</param>
public delegate void InitialNoise(long frame, Span<float> noiseL);
