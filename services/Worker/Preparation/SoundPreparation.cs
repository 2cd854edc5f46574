using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.Storage;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Preparation;

/// <summary>Turns the lecture into the 16 kHz track and the loudness track that all segments share. Memory does not grow with its length.</summary>
internal sealed class SoundPreparation(IObjectStore store, MediaTools tools)
{
    /// <param name="packPrefix">Where the pack will keep its objects; only noted in the result.</param>
    /// <exception cref="PermanentException">The lecture cannot be used; the message tells the user why.</exception>
    public async Task<PreparedInputs> PrepareAsync(PrepareJob command, string packPrefix, ScratchFolder folder, CancellationToken cancellationToken)
    {
        FrameRate rate = command.Settings.Encoding.FrameRate;
        string pcmPath = folder.File("audio.f32");
        string levelsPath = folder.File("loudness.u8");
        long sampleCount = await DecodeAsync(command.AudioKey, pcmPath, folder, cancellationToken);
        long frameCount = rate.FrameCount(sampleCount, IPcmTrack.SampleRateHz);
        await using (FileStream pcm = File.OpenRead(pcmPath))
        await using (FileStream levels = File.Create(levelsPath))
            await LoudnessMeter.MeasureAsync(pcm, rate, frameCount, levels, cancellationToken);

        PreparedInputs inputs = new()
        {
            FrameCount = frameCount,
            PcmSampleCount = sampleCount,
            PcmKey = command.OutputPrefix + "audio.f32",
            LoudnessKey = command.OutputPrefix + "loudness.u8",
            PackPrefix = packPrefix,
        };
        await store.PutFileAsync(inputs.PcmKey, pcmPath, cancellationToken);
        await store.PutFileAsync(inputs.LoudnessKey, levelsPath, cancellationToken);
        File.Delete(pcmPath); // large, and the pack reads it from the store
        return inputs;
    }

    private async Task<long> DecodeAsync(string audioKey, string pcmPath, ScratchFolder folder, CancellationToken cancellationToken)
    {
        string audioPath = folder.File("audio");
        await store.GetFileAsync(audioKey, audioPath, cancellationToken);
        await using FileStream pcm = File.Create(pcmPath);
        DecodedAudio decoded = await UserSentence.WithoutPathAsync(audioPath, () => new AudioDecoder(tools).DecodeAsync(audioPath, pcm, cancellationToken));
        File.Delete(audioPath);
        return decoded.SampleCount;
    }
}
