using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Storage;

namespace RenderFarm.Stitcher.Audio;

/// <summary>Answers <see cref="EncodeAudio"/>: the original sound as AAC in the store.</summary>
internal sealed class EncodeAudioHandler(StitchWork stitching, IObjectStore store, MediaTools tools) : IMessageHandler<EncodeAudio>
{
    public Task HandleAsync(EncodeAudio message, CancellationToken cancellationToken) =>
        stitching.RunAsync(
            new(message.JobId, StitchTask.EncodeAudio, Index: 0, message.Attempt),
            message.OutputKey,
            (folder, token) => EncodeAsync(message, folder, token),
            cancellationToken);

    private async Task<AudioEncoded> EncodeAsync(EncodeAudio message, ScratchFolder folder, CancellationToken cancellationToken)
    {
        // Puts are atomic: an object under the key is a whole one, from an earlier delivery.
        if (await store.StatAsync(message.OutputKey, cancellationToken) is null)
        {
            string audioPath = folder.File("audio");
            string trackPath = folder.File("track" + AudioTrackEncoder.Extension);
            await store.GetFileAsync(message.AudioKey, audioPath, cancellationToken);
            AudioTrackEncoder encoder = new(tools);
            await UserSentence.WithoutPathAsync(
                audioPath, () => encoder.EncodeAsync(audioPath, message.FrameCount, message.FrameRate, trackPath, cancellationToken));
            await store.PutFileAsync(message.OutputKey, trackPath, cancellationToken);
        }

        return new AudioEncoded { JobId = message.JobId, Attempt = message.Attempt, OutputKey = message.OutputKey };
    }
}
