using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RenderFarm.Hosting;

namespace RenderFarm.Stitcher;

/// <summary>Opens the work folder before the first command comes, which removes what a killed process left.</summary>
internal sealed partial class StitcherStart([FromKeyedServices(StitcherServices.Name)] ScratchSpace scratch, ILogger<StitcherStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        StitcherIsHere(log, scratch.Location);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Stitcher works in {WorkFolder}")]
    private static partial void StitcherIsHere(ILogger log, string workFolder);
}
