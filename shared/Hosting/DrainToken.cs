using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RenderFarm.Hosting;

/// <summary>
/// Cancelled when this process was asked to stop and the drain time is over. The bus cancels what it knows to be running; a
/// message it had fetched before may still begin after that, with a token that nobody cancels any more.
/// </summary>
internal sealed class DrainToken : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenRegistration stopping;

    public DrainToken(IHostApplicationLifetime lifetime, IOptions<FarmBusOptions> options) =>
        stopping = lifetime.ApplicationStopping.Register(() => source.CancelAfter(options.Value.DrainTime));

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        stopping.Dispose();
        source.Dispose();
    }
}
