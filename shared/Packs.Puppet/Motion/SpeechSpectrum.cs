using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using RenderFarm.Audio;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>Reads a track from start to end and measures a 40 ms window every 20 ms. Memory does not depend on the length.</summary>
internal static class SpeechSpectrum
{
    /// <summary>Windows per second: fixed, so that nothing here depends on the frame rate of the video.</summary>
    public const int RateHz = 50;

    public const double StepSeconds = 1.0 / RateHz;

    private const int Step = IPcmTrack.SampleRateHz / RateHz;
    private const int WindowSamples = 2 * Step;
    private const int FftSize = 1024;
    private const int WindowsPerRead = 128;
    private const double SilenceEnergy = 1e-16;

    private static readonly FrequencyBand Speech = Band(100, 4000);
    private static readonly FrequencyBand Vowel = Band(250, 1000);
    private static readonly FrequencyBand Sibilant = Band(3800, 7800);
    private static readonly FrequencyBand Formants = Band(250, 3500);

    /// <summary>Measures windows 0 to <paramref name="count"/> − 1; window k is centred on second k/50, and silence surrounds the track.</summary>
    public static async IAsyncEnumerable<SpeechFeatures> ReadAsync(
        IPcmTrack track, long count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        float[] samples = new float[WindowSamples + ((WindowsPerRead - 1) * Step)];
        var meter = new Meter();
        for (long first = 0; first < count; first += WindowsPerRead)
        {
            await track.ReadAsync((first * Step) - (WindowSamples / 2), samples, cancellationToken);
            for (int i = 0; i < WindowsPerRead && first + i < count; i++)
                yield return meter.Measure(samples.AsSpan(i * Step, WindowSamples));
        }
    }

    private static FrequencyBand Band(double lowHz, double highHz) => FrequencyBand.Of(lowHz, highHz, IPcmTrack.SampleRateHz, FftSize);

    private sealed class Meter
    {
        private readonly RealFft _fft = new(FftSize);
        private readonly float[] _padded = new float[FftSize];
        private readonly float[] _power = new float[(FftSize / 2) + 1];
        private readonly float[] _window = HannWindow.Periodic(WindowSamples);

        // A full-scale tone fills its bin with (Σw/2)², and a Hann window with zero padding spreads it over Σw²·N/(Σw)² bins.
        private readonly double _fullScale;

        public Meter() => _fullScale = TensorPrimitives.SumOfSquares(_window) * FftSize / 4;

        public SpeechFeatures Measure(ReadOnlySpan<float> samples)
        {
            TensorPrimitives.Multiply(samples, _window, _padded);
            _fft.PowerSpectrum(_padded, _power);
            double speech = Speech.Energy(_power) / _fullScale;
            double hiss = speech > SilenceEnergy ? Sibilant.Energy(_power) / _fullScale / speech : 0;
            return new SpeechFeatures(Decibels(speech), Decibels(Vowel.Energy(_power) / _fullScale), hiss, Formants.CentroidHz(_power));
        }

        private static double Decibels(double power) => 10 * Math.Log10(Math.Max(power, SilenceEnergy));
    }
}
