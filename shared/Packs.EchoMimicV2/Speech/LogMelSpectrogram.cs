using System.Numerics.Tensors;

namespace RenderFarm.Packs.EchoMimicV2.Speech;

/// <summary>
/// Whisper's log-mel spectrogram (Radford et al. 2022, arXiv:2212.04356, section 2.2) of a whole track, a piece at a time. Frames of 400 samples every 160, periodic Hann
/// window, reflected edges, the last frame dropped. Not thread-safe.
/// </summary>
/// <remarks>
/// The transform has 400 points; with an even and an odd half folded together it is two products of 201 × 200, which costs less than reading the audio and is exact to the
/// last digits of double precision.
/// </remarks>
public sealed class LogMelSpectrogram(IPcmTrack audio)
{
    public const int HopSamples = 160;

    /// <summary>Log-mel frames of one piece of 30 s, which is what the encoder takes.</summary>
    public const int PieceFrames = 3000;

    private const int WindowSamples = 400;
    private const int Half = WindowSamples / 2;
    private const int Bins = Half + 1;
    private const int BlockFrames = 500;
    private const double SmallestPower = 1e-10;

    private static readonly double[] s_window = [.. Enumerable.Range(0, WindowSamples).Select(n => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / WindowSamples)))];
    private static readonly double[][] s_cosines = Table(Math.Cos);
    private static readonly double[][] s_sines = Table(Math.Sin);

    private readonly MelFilterBank _filters = new();
    private readonly float[] _samples = new float[((BlockFrames - 1) * HopSamples) + WindowSamples];
    private readonly double[] _even = new double[Half + 1];
    private readonly double[] _odd = new double[Half + 1];
    private readonly double[] _power = new double[Bins];
    private readonly double[] _bands = new double[MelFilterBank.Bands];

    /// <summary>10-ms frames of the whole track.</summary>
    public long FrameCount => audio.SampleCount / HopSamples;

    /// <summary>Pieces of 30 s, the last one perhaps shorter; at least one.</summary>
    public long PieceCount => Math.Max(1, (FrameCount + PieceFrames - 1) / PieceFrames);

    /// <summary>The loudest value of the whole track, log10; what every piece's floor is measured from. Reads the track once.</summary>
    public async Task<double> MaximumAsync(CancellationToken cancellationToken)
    {
        double maximum = Math.Log10(SmallestPower);
        for (long frame = 0; frame < FrameCount; frame += BlockFrames)
        {
            int count = (int)Math.Min(BlockFrames, FrameCount - frame);
            await ReadAsync(frame, count, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                Analyse(i);
                maximum = Math.Max(maximum, Math.Log10(Math.Max(TensorPrimitives.Max<double>(_bands), SmallestPower)));
            }
        }

        return maximum;
    }

    /// <summary>Fills [80, 3000] with a piece as the encoder takes it: floored at 8 below the maximum, (x + 4)/4, and 0 past the end of the track.</summary>
    /// <returns>How many of the 3000 frames the track has.</returns>
    public async Task<int> PieceAsync(long piece, double maximum, Memory<float> mel, CancellationToken cancellationToken)
    {
        if (mel.Length != MelFilterBank.Bands * PieceFrames)
            throw new ArgumentException($"A piece is [80, 3000], got {mel.Length} values.", nameof(mel));
        long first = piece * PieceFrames;
        int frames = (int)Math.Clamp(FrameCount - first, 0, PieceFrames);
        mel.Span.Clear();
        for (int done = 0; done < frames; done += BlockFrames)
        {
            int count = Math.Min(BlockFrames, frames - done);
            await ReadAsync(first + done, count, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                Analyse(i);
                Store(mel.Span, done + i, maximum);
            }
        }

        return frames;
    }

    private void Store(Span<float> mel, int frame, double maximum)
    {
        for (int band = 0; band < MelFilterBank.Bands; band++)
        {
            double level = Math.Max(Math.Log10(Math.Max(_bands[band], SmallestPower)), maximum - 8);
            mel[(band * PieceFrames) + frame] = (float)((level + 4) / 4);
        }
    }

    /// <summary>Frame f is centred on sample 160·f; samples before 0 and past the end are mirrored without repeating the edge.</summary>
    private async Task ReadAsync(long firstFrame, int count, CancellationToken cancellationToken)
    {
        long first = (firstFrame * HopSamples) - Half;
        int length = ((count - 1) * HopSamples) + WindowSamples;
        await audio.ReadAsync(first, _samples.AsMemory(0, length), cancellationToken);
        if (first < 0)
            await MirrorAsync(first, -1, cancellationToken);
        if (first + length > audio.SampleCount)
            await MirrorAsync(first, first + length - 1, cancellationToken, from: Math.Max(first, audio.SampleCount));
    }

    private async Task MirrorAsync(long bufferStart, long last, CancellationToken cancellationToken, long? from = null)
    {
        float[] one = new float[1];
        for (long at = from ?? bufferStart; at <= last; at++)
        {
            long period = Math.Max(1, 2 * (audio.SampleCount - 1));
            long folded = ((at % period) + period) % period;
            await audio.ReadAsync(Math.Min(folded, period - folded), one, cancellationToken);
            _samples[at - bufferStart] = one[0];
        }
    }

    private void Analyse(int frame)
    {
        ReadOnlySpan<float> samples = _samples.AsSpan(frame * HopSamples, WindowSamples);
        _even[0] = samples[0] * s_window[0];
        _even[Half] = samples[Half] * s_window[Half];
        _odd[0] = _odd[Half] = 0;
        for (int n = 1; n < Half; n++)
        {
            double a = samples[n] * s_window[n], b = samples[WindowSamples - n] * s_window[n];
            _even[n] = a + b;
            _odd[n] = a - b;
        }

        for (int k = 0; k < Bins; k++)
        {
            double real = TensorPrimitives.Dot<double>(_even, s_cosines[k]);
            double imaginary = TensorPrimitives.Dot<double>(_odd, s_sines[k]);
            _power[k] = (real * real) + (imaginary * imaginary);
        }

        _filters.Apply(_power, _bands);
    }

    private static double[][] Table(Func<double, double> wave) =>
        [.. Enumerable.Range(0, Bins).Select(k => Enumerable.Range(0, Half + 1).Select(n => wave(2 * Math.PI * (k * n % WindowSamples) / WindowSamples)).ToArray())];
}
