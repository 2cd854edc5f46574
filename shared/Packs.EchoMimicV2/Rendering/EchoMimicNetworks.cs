using RenderFarm.OnnxGraph;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Importing;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Weights;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>The pack's networks as sessions, each opened when it is first wanted and kept.</summary>
/// <param name="unet">Sizes of both UNets.</param>
/// <param name="open">Opens a network; called once for each.</param>
public sealed class EchoMimicNetworks(UNetConfig unet, Func<EchoMimicNetwork, OrtSession> open) : IDisposable
{
    private readonly Lock _opening = new();
    private readonly Dictionary<EchoMimicNetwork, OrtSession> _sessions = [];

    public UNetConfig UNet { get; } = unet;

    /// <summary>The session of a network.</summary>
    /// <exception cref="Failures.PermanentException">A checkpoint does not fit, or the provider cannot be used here.</exception>
    public OrtSession this[EchoMimicNetwork network]
    {
        get
        {
            lock (_opening)
            {
                if (!_sessions.TryGetValue(network, out OrtSession? session))
                    _sessions.Add(network, session = open(network));
                return session;
            }
        }
    }

    /// <summary>Networks straight from checkpoints, through memory: for small ones (an ONNX file ends at 2 GB). The weights stay open as long as the networks are used.</summary>
    public static EchoMimicNetworks FromWeights(OfficialWeights weights, OrtRuntime runtime, NetworkOptions options, OrtSessionOptions? sessionOptions = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(runtime);
        return new EchoMimicNetworks(weights.UNet, network => Open(weights.Build(network, options), runtime, sessionOptions));
    }

    /// <summary>Networks of an imported pack. Its files are opened as they are; whether they are complete is <see cref="PackFolder.VerifyAsync(CancellationToken)"/>'s business.</summary>
    public static EchoMimicNetworks FromPack(string packFolder, OrtRuntime runtime, OrtSessionOptions? sessionOptions = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return new EchoMimicNetworks(
            EchoMimicDocument.Read(packFolder).UNet, network => runtime.Open(Path.Combine(packFolder, NetworkFiles.NameOf(network)), sessionOptions));
    }

    public void Dispose()
    {
        foreach (OrtSession session in _sessions.Values)
            session.Dispose();
    }

    internal static OrtSession Open(OnnxModel model, OrtRuntime runtime, OrtSessionOptions? sessionOptions)
    {
        using MemoryStream bytes = new();
        OnnxModelWriter.Write(model, bytes);
        return runtime.Open(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), model.Graph.Name, sessionOptions);
    }
}
