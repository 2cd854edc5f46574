namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>What the spectrum of one short window says about the mouth.</summary>
/// <param name="LevelDb">Energy of 100 to 4000 Hz in dB; 0 is a full-scale tone.</param>
/// <param name="VowelDb">Energy of 250 to 1000 Hz in dB, where open vowels are loud.</param>
/// <param name="Hiss">Energy of 3800 to 7800 Hz against 100 to 4000 Hz, as for s and sh.</param>
/// <param name="CentroidHz">Spectral centroid of 250 to 3500 Hz; low for rounded vowels.</param>
internal readonly record struct SpeechFeatures(double LevelDb, double VowelDb, double Hiss, double CentroidHz);
