using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Hosting;
using RenderFarm.Imaging;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.Storage;

namespace RenderFarm.Worker.Preparation;

/// <summary>Checks the inputs of a job and stores what its segments share.</summary>
internal sealed class JobPreparation(
    IObjectStore store,
    PackCatalog packs,
    SoundPreparation sound,
    MediaTools tools,
    [FromKeyedServices(WorkerServices.Name)] ScratchSpace scratch)
{
    private const int MaxSteps = 1000; // the training schedule has that many timesteps

    /// <returns>What is in the store now, or was there already from an earlier delivery of the same command.</returns>
    /// <exception cref="PermanentException">The job cannot be rendered; the message tells the user why.</exception>
    public async Task<JobPrepared> PrepareAsync(PrepareJob command, CancellationToken cancellationToken)
    {
        Check(packs.ManifestOf(command.Settings.Pack), command.Settings);
        if (await FindAsync(command, cancellationToken) is { } complete)
            return complete;
        string packPrefix = command.OutputPrefix + "pack/";
        using ScratchFolder folder = scratch.CreateFolder();
        // The picture first: it is small, and most jobs that cannot be rendered fail on it.
        RgbImage portrait = await LoadPortraitAsync(command.PortraitKey, folder, cancellationToken);
        IModelPack pack = await packs.GetAsync(command.Settings.Pack, cancellationToken);
        PreparedInputs inputs = await sound.PrepareAsync(command, packPrefix, folder, cancellationToken);
        using StorePcmTrack audio = new(store, inputs.PcmKey, inputs.PcmSampleCount);
        PrepareContext context = new()
        {
            Portrait = portrait,
            Audio = audio,
            FrameCount = inputs.FrameCount,
            Settings = command.Settings,
            Store = store,
            PackPrefix = packPrefix,
        };
        PackPreparation preparation = await pack.PrepareAsync(context, cancellationToken);
        JobPrepared prepared = new() { JobId = command.JobId, Attempt = command.Attempt, Inputs = inputs, Warnings = preparation.Warnings };
        await store.PutAsync(ResultKey(command), new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(prepared)), cancellationToken);
        return prepared;
    }

    private static void Check(PackManifest manifest, RenderSettings settings)
    {
        if (PackManifestRules.SizeViolation(manifest, settings.Encoding.SizePixels) is { } violation)
            throw new PermanentException(violation);
        if (settings.Steps is < 1 or > MaxSteps)
            throw new PermanentException(string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} denoising steps are not possible; choose 1 to {MaxSteps}."));
    }

    /// <summary>Written last: where it is, everything else is complete.</summary>
    private static string ResultKey(PrepareJob command) => command.OutputPrefix + "prepared.json";

    private async Task<JobPrepared?> FindAsync(PrepareJob command, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await store.OpenReadAsync(ResultKey(command), cancellationToken);
            return await JsonSerializer.DeserializeAsync<JobPrepared>(stream, cancellationToken: cancellationToken);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    private async Task<RgbImage> LoadPortraitAsync(string portraitKey, ScratchFolder folder, CancellationToken cancellationToken)
    {
        string path = folder.File("portrait");
        await store.GetFileAsync(portraitKey, path, cancellationToken);
        return await UserSentence.WithoutPathAsync(path, () => new ImageDecoder(tools).DecodeAsync(path, cancellationToken));
    }
}
