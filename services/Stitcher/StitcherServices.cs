using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Stitcher.Audio;
using RenderFarm.Stitcher.Borders;
using RenderFarm.Stitcher.Mux;

namespace RenderFarm.Stitcher;

/// <summary>Adds a stitcher to a host. The host brings the bus and an <see cref="Storage.IObjectStore"/>.</summary>
public static class StitcherServices
{
    internal const string Name = "stitcher";

    /// <summary>Handles <see cref="EncodeAudio"/>, <see cref="BlendBorder"/> and <see cref="MuxVideo"/>, and stops work on <see cref="JobCancelled"/>.</summary>
    public static IServiceCollection AddStitcher(this IServiceCollection services, Action<StitcherOptions>? configure = null)
    {
        services.AddOptions<StitcherOptions>().BindConfiguration("Stitcher").Configure(o => configure?.Invoke(o))
            .Validate(o => o.Borders is >= 1 and <= 64, "Stitcher:Borders must be 1 to 64.")
            .Validate(o => o.AudioTracks is >= 1 and <= 64, "Stitcher:AudioTracks must be 1 to 64.")
            .Validate(o => o.Joins is >= 1 and <= 64, "Stitcher:Joins must be 1 to 64.")
            .Validate(o => o.WorkFolder.Length > 0, "Stitcher:WorkFolder must name a folder.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(MediaTools.FromPath);
        services.TryAddSingleton<JobWork>();
        services.AddKeyedSingleton(Name, (provider, _) => ScratchSpace.Open(Options(provider).WorkFolder));
        services.AddSingleton<StitchWork>();
        services.AddHostedService<StitcherStart>();

        services.AddCommandHandler<EncodeAudio, EncodeAudioHandler>(provider => Options(provider).AudioTracks);
        services.AddCommandHandler<BlendBorder, BlendBorderHandler>(provider => Options(provider).Borders);
        services.AddCommandHandler<MuxVideo, MuxVideoHandler>(provider => Options(provider).Joins);
        return services.AddBroadcastHandler<JobCancelled, JobCancelledHandler>(Name);
    }

    private static StitcherOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StitcherOptions>>().Value;
}
