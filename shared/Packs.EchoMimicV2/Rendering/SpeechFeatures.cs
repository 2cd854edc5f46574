using RenderFarm.Contracts;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Speech;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>
/// What Whisper hears around some frames: rows of 20 ms, each the encoder's states at that position. Only the pieces of 30 s these frames touch run, but a
/// row is the same whichever frames it was loaded for.
/// </summary>
public sealed class SpeechFeatures
{
    private readonly float[] _states;
    private readonly long _firstRow;
    private readonly FrameRate _rate;
    private readonly long[] _rows = new long[AudioChunks.Rows];

    private SpeechFeatures(FrameRate rate, long rowCount, long firstRow, int rowLength, float[] states)
    {
        _rate = rate;
        RowCount = rowCount;
        _firstRow = firstRow;
        RowLength = rowLength;
        _states = states;
    }

    /// <summary>Rows of the whole track.</summary>
    public long RowCount { get; }

    /// <summary>Floats of one row: states × width.</summary>
    public int RowLength { get; }

    /// <param name="maximum">The track's <see cref="LogMelSpectrogram.MaximumAsync"/>.</param>
    /// <param name="frames">Frames that will be asked for.</param>
    public static async Task<SpeechFeatures> LoadAsync(
        EchoMimicNetworks networks, IPcmTrack track, double maximum, FrameRange frames, FrameRate rate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        LogMelSpectrogram spectrogram = new(track);
        long rowCount = AudioChunks.RowCount(spectrogram.FrameCount);
        OrtSession whisper = networks[EchoMimicNetwork.Whisper];
        OrtValueInfo output = whisper.Outputs.Single();
        int positions = Size(output, 0), rowLength = Size(output, 1) * Size(output, 2);
        if (rowCount == 0) // shorter than one row: silence has no features of its own
            return new SpeechFeatures(rate, 0, 0, rowLength, []);
        long[] rows = new long[AudioChunks.Rows];
        AudioChunks.RowsOf(frames.First, rate, rowCount, rows);
        long first = rows[0];
        AudioChunks.RowsOf(frames.End - 1, rate, rowCount, rows);
        long end = rows[^1] + 1;
        SpeechFeatures features = new(rate, rowCount, first, rowLength, new float[checked((end - first) * rowLength)]);
        float[] mel = new float[MelFilterBank.Bands * LogMelSpectrogram.PieceFrames];
        using NetworkTensor input = NetworkTensor.Input(whisper, "mel", 1, MelFilterBank.Bands, LogMelSpectrogram.PieceFrames);
        using NetworkTensor states = NetworkTensor.Output(whisper, "states", positions, Size(output, 1), Size(output, 2));
        for (long piece = first / positions; piece <= (end - 1) / positions; piece++)
        {
            await spectrogram.PieceAsync(piece, maximum, mel, cancellationToken);
            input.Write(mel);
            whisper.Run([("mel", input.Tensor)], [("states", states.Tensor)], cancellationToken);
            long from = Math.Max(first, piece * positions), to = Math.Min(end, (piece + 1) * positions);
            Span<float> destination = features._states.AsSpan((int)((from - first) * rowLength), (int)((to - from) * rowLength));
            states.Read(destination, (int)((from - (piece * positions)) * rowLength));
        }

        return features;
    }

    /// <summary>The states at one position.</summary>
    public ReadOnlySpan<float> Row(long row) => _states.AsSpan(checked((int)((row - _firstRow) * RowLength)), RowLength);

    /// <summary>The ten rows a frame hears, 10 × RowLength. Zeros where the track is too short for one row.</summary>
    public void Chunk(long frame, Span<float> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chunk.Length, AudioChunks.Rows * RowLength);
        if (RowCount == 0)
        {
            chunk.Clear();
            return;
        }

        AudioChunks.RowsOf(frame, _rate, RowCount, _rows);
        for (int i = 0; i < _rows.Length; i++)
            Row(_rows[i]).CopyTo(chunk[(i * RowLength)..]);
    }

    private static int Size(OrtValueInfo value, int axis) =>
        (int)(value.Shape[axis].Size ?? throw new InvalidOperationException($"The speech network leaves axis {axis} of {value} open."));
}
