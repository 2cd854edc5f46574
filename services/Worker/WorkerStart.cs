using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RenderFarm.Hosting;
using RenderFarm.Worker.Devices;

namespace RenderFarm.Worker;

/// <summary>Opens the work folder before the first command comes, which removes what a killed process left, and says who is here.</summary>
internal sealed partial class WorkerStart(
    [FromKeyedServices(WorkerServices.Name)] ScratchSpace scratch, DeviceSlots slots, ILogger<WorkerStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        WorkerIsHere(log, string.Join(", ", slots.WorkerIds), scratch.Location);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Worker {WorkerIds} works in {WorkFolder}")]
    private static partial void WorkerIsHere(ILogger log, string workerIds, string workFolder);
}
