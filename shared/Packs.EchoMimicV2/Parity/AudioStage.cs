using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RenderFarm.Contracts;
using RenderFarm.Packs.EchoMimicV2.Rendering;
using RenderFarm.Packs.EchoMimicV2.Speech;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Filter bank, log-mel, speech features and the rows each frame hears; the same for a track longer than one piece (<c>long_*</c>).</summary>
internal sealed partial class AudioStage : IParityStage
{
    private const string InfoFile = "01_audio/audio_info.json";

    public string Name => "01_audio";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GoldenFolder folder = context.Folder;
        if (folder.Has("01_audio/mel_filters_80x201.npy"))
            yield return Filters(folder, "01_audio/mel_filters_80x201.npy");
        if (!folder.Has("01_audio/pcm_16k_s16.npy"))
            yield break;
        foreach (Match file in folder.Find(ChunkFile()).Where(match => match.Groups["long"].Length == 0))
            yield return await ChunksAsync(context, file, cancellationToken);
        foreach ((string prefix, int repeats) in Tracks(folder))
        {
            GoldenTrack track = GoldenTrack.Of(folder, repeats);
            LogMelSpectrogram spectrogram = new(track);
            double maximum = await spectrogram.MaximumAsync(cancellationToken);
            foreach (string file in folder.Find(MelFile()).Where(match => match.Groups["long"].Value == prefix).Select(match => match.Value))
                yield return await LogMelAsync(folder, file, spectrogram, maximum, cancellationToken);
            foreach (Match file in folder.Find(RowsFile()).Where(match => match.Groups["long"].Value == prefix))
                yield return Rows(folder, file.Value, int.Parse(file.Groups["fps"].ValueSpan, CultureInfo.InvariantCulture), spectrogram.FrameCount);
            if (folder.Has($"01_audio/{prefix}features_rows.npy") && folder.Has($"01_audio/{prefix}features_rows_index.npy"))
                yield return await FeaturesAsync(context, prefix, track, maximum, cancellationToken);
        }
    }

    /// <summary>The track as it is, and repeated as often as the recorded length says.</summary>
    private static IEnumerable<(string Prefix, int Repeats)> Tracks(GoldenFolder folder)
    {
        yield return ("", 1);
        if (!folder.Has(InfoFile))
            yield break;
        using JsonDocument info = folder.Json(InfoFile);
        if (info.RootElement.TryGetProperty("long", out JsonElement longer))
            yield return ("long_", (int)(longer.GetProperty("pcm_samples").GetInt64() / info.RootElement.GetProperty("pcm_samples").GetInt64()));
    }

    private static ParityRow Filters(GoldenFolder folder, string file)
    {
        NumPyArray array = folder.Array(file);
        MelFilterBank bank = new();
        float[] actual = [.. Enumerable.Range(0, array.Shape[0]).SelectMany(band => Enumerable.Range(0, array.Shape[1]).Select(bin => (float)bank.Weight(band, bin)))];
        return ParityRow.Compare(file, array.Singles(), actual, ParityTolerances.Filters);
    }

    /// <summary>[80, F]; a name that ends in frames_A_B holds those of the whole track.</summary>
    private static async Task<ParityRow> LogMelAsync(
        GoldenFolder folder, string file, LogMelSpectrogram spectrogram, double maximum, CancellationToken cancellationToken)
    {
        NumPyArray array = folder.Array(file);
        int bands = array.Shape[0], frames = array.Shape[1];
        Match named = MelFile().Match(file);
        long first = named.Groups["first"].Success ? long.Parse(named.Groups["first"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        float[] mel = new float[MelFilterBank.Bands * LogMelSpectrogram.PieceFrames];
        float[] actual = new float[bands * frames];
        long loaded = -1;
        for (int i = 0; i < frames; i++)
        {
            (long piece, long at) = Math.DivRem(first + i, LogMelSpectrogram.PieceFrames);
            if (piece != loaded)
                await spectrogram.PieceAsync(loaded = piece, maximum, mel, cancellationToken);
            for (int band = 0; band < bands; band++)
                actual[(band * frames) + i] = mel[(band * LogMelSpectrogram.PieceFrames) + at];
        }

        return ParityRow.Compare(file, array.Singles(), actual, ParityTolerances.LogMel);
    }

    private static ParityRow Rows(GoldenFolder folder, string file, int framesPerSecond, long melFrames)
    {
        NumPyArray array = folder.Array(file);
        long rowCount = AudioChunks.RowCount(melFrames);
        FrameRate rate = new(framesPerSecond, 1);
        long count = AudioChunks.OfficialChunkCount(rowCount, rate);
        if (count != array.Shape[0])
            return ParityRow.Fail(file, $"{array.Shape[0]} frames expected, {count} computed");
        long[] rows = new long[AudioChunks.Rows];
        float[] actual = new float[count * rows.Length];
        for (int frame = 0; frame < count; frame++)
        {
            AudioChunks.RowsOf(frame, rate, rowCount, rows);
            for (int i = 0; i < rows.Length; i++)
                actual[(frame * rows.Length) + i] = rows[i];
        }

        return ParityRow.Compare(file, array.Singles(), actual, 0);
    }

    private static async Task<ParityRow> FeaturesAsync(
        ParityContext context, string prefix, GoldenTrack track, double maximum, CancellationToken cancellationToken)
    {
        long[] index = context.Folder.Array($"01_audio/{prefix}features_rows_index.npy").Integers();
        FrameRate oneRowAFrame = new(50, 1);
        long rowCount = AudioChunks.RowCount(new LogMelSpectrogram(track).FrameCount);
        SpeechFeatures features = await SpeechFeatures.LoadAsync(
            context.Networks, track, maximum, new FrameRange(index.Min(), Math.Min(rowCount, index.Max() + 1)), oneRowAFrame, cancellationToken);
        float[] expected = context.Folder.Singles($"01_audio/{prefix}features_rows.npy");
        float[] actual = [.. index.SelectMany(row => features.Row(row).ToArray())];
        return ParityRow.Compare($"01_audio/{prefix}features_rows.npy", expected, actual, ParityTolerances.Scaled(ParityTolerances.Speech, expected));
    }

    private static async Task<ParityRow> ChunksAsync(ParityContext context, Match file, CancellationToken cancellationToken)
    {
        int[] frames = [.. file.Groups["frames"].Value.Split('_').Select(frame => int.Parse(frame, CultureInfo.InvariantCulture))];
        SpeechFeatures speech = await context.SpeechAsync(frames.Max() + 1, int.Parse(file.Groups["fps"].ValueSpan, CultureInfo.InvariantCulture), cancellationToken);
        float[] expected = context.Folder.Singles(file.Value);
        float[] actual = new float[frames.Length * AudioChunks.Rows * speech.RowLength];
        for (int i = 0; i < frames.Length; i++)
            speech.Chunk(frames[i], actual.AsSpan(i * AudioChunks.Rows * speech.RowLength, AudioChunks.Rows * speech.RowLength));
        return ParityRow.Compare(file.Value, expected, actual, ParityTolerances.Scaled(ParityTolerances.Speech, expected));
    }

    [GeneratedRegex(@"^01_audio/(?<long>long_)?log_mel(_frames_(?<first>\d+)_\d+)?\.npy$")]
    private static partial Regex MelFile();

    [GeneratedRegex(@"^01_audio/(?<long>long_)?chunk_rows_fps(?<fps>\d+)\.npy$")]
    private static partial Regex RowsFile();

    [GeneratedRegex(@"^01_audio/(?<long>long_)?chunks_fps(?<fps>\d+)_frames_(?<frames>\d+(_\d+)*)\.npy$")]
    private static partial Regex ChunkFile();
}
