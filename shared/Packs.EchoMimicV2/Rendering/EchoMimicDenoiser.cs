using System.Numerics.Tensors;
using RenderFarm.Diffusion;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>
/// The denoising network over windows of one fixed shape: tensors are made and bound once, a prediction copies in and out and runs.
/// With guidance the network runs a second time without portrait, sound and pose (Ho and Salimans 2022, arXiv:2207.12598): v = u + g·(c − u).
/// </summary>
public sealed class EchoMimicDenoiser : IDenoiser, IDisposable
{
    private readonly DenoiserSettings _settings;
    private readonly FrameFeatures _audio;
    private readonly FrameFeatures _pose;
    private readonly NetworkTensor _latents;
    private readonly NetworkTensor _timestep;
    private readonly NetworkTensor _velocity;
    private readonly NetworkTensor _chunks;
    private readonly NetworkTensor _poses;
    private readonly OrtBinding _conditional;
    private readonly Unconditional? _unconditional;
    private readonly float[] _chunk;
    private readonly float[] _features;
    private readonly float[] _guided;

    /// <param name="bank">The projected reference; stays open as long as the denoiser.</param>
    public EchoMimicDenoiser(EchoMimicNetworks networks, DenoiserSettings settings, ReferenceBank bank, FrameFeatures audio, FrameFeatures pose)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.WindowFrames, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.WindowFrames, MotionModule.MaxFrames);
        _settings = settings;
        _audio = audio;
        _pose = pose;
        OrtSession session = networks[EchoMimicNetwork.Denoiser];
        LatentSize size = settings.Size;
        int frames = settings.WindowFrames;
        _latents = NetworkTensor.Input(session, "latents", 1, frames, size.Channels, size.Height, size.Width);
        _timestep = NetworkTensor.Input(session, "timestep", 1);
        _velocity = Velocity(session);
        _chunks = Audio(session);
        _poses = Pose(session, networks.UNet);
        _chunk = new float[_chunks.Length / frames];
        _features = new float[_poses.Length / frames];
        _conditional = Bind(session, _chunks, _poses, bank, _velocity);
        if (settings.HasGuidance)
        {
            _unconditional = new Unconditional(Audio(session), Pose(session, networks.UNet), ReferenceBank.Empty(networks), Velocity(session));
            _unconditional.Binding = Bind(session, _unconditional.Chunks, _unconditional.Poses, _unconditional.Bank, _unconditional.Velocity);
        }

        _guided = settings.HasGuidance ? new float[_velocity.Length] : [];
    }

    public int LatentLength => _settings.Size.Length;

    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(framesF.Length, _settings.WindowFrames);
        ArgumentOutOfRangeException.ThrowIfNotEqual(latentsFL.Length, _latents.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(velocityFL.Length, _velocity.Length);
        _latents.Write(latentsFL);
        _timestep.Write([timestep]);
        for (int i = 0; i < framesF.Length; i++)
        {
            _audio(framesF[i], _chunk);
            _chunks.Write(_chunk, i * _chunk.Length);
            _pose(framesF[i], _features);
            _poses.Write(_features, i * _features.Length);
        }

        _conditional.Run(cancellationToken);
        _velocity.Read(velocityFL);
        if (_unconditional is null)
            return;
        _unconditional.Binding!.Run(cancellationToken);
        _unconditional.Velocity.Read(_guided);
        TensorPrimitives.Subtract(velocityFL, _guided, velocityFL);
        TensorPrimitives.Multiply(velocityFL, _settings.Guidance, velocityFL);
        TensorPrimitives.Add(velocityFL, _guided, velocityFL);
    }

    /// <summary>Lets the conditional evaluation write a further output of the network, for those who compare activations.</summary>
    internal void AlsoPutOut(string name, NetworkTensor tensor) => _conditional.Output(name, tensor.Tensor);

    public void Dispose()
    {
        _conditional.Dispose();
        _unconditional?.Dispose();
        _latents.Dispose();
        _timestep.Dispose();
        _velocity.Dispose();
        _chunks.Dispose();
        _poses.Dispose();
    }

    private NetworkTensor Velocity(OrtSession session) =>
        NetworkTensor.Output(session, "velocity", 1, _settings.WindowFrames, _settings.Size.Channels, _settings.Size.Height, _settings.Size.Width);

    private NetworkTensor Audio(OrtSession session)
    {
        long channels = session.Inputs.Single(port => port.Name == "audio").Shape[2].Size ?? throw new InvalidOperationException("The audio input has no fixed width.");
        return NetworkTensor.Input(session, "audio", _settings.WindowFrames, DenoisingUNet.AudioTokens, channels);
    }

    private NetworkTensor Pose(OrtSession session, UNetConfig unet) =>
        NetworkTensor.Input(session, "pose", _settings.WindowFrames, unet.BlockOutChannels[0], _settings.Size.Height, _settings.Size.Width);

    private OrtBinding Bind(OrtSession session, NetworkTensor chunks, NetworkTensor poses, ReferenceBank bank, NetworkTensor velocity)
    {
        OrtBinding binding = session.Bind()
            .Input("latents", _latents.Tensor)
            .Input("timestep", _timestep.Tensor)
            .Input("audio", chunks.Tensor)
            .Input("pose", poses.Tensor)
            .Output("velocity", velocity.Tensor);
        foreach ((string name, NetworkTensor tensor) in bank.Projected)
            binding.Input(name, tensor.Tensor);
        return binding;
    }

    /// <summary>Zeros for sound and pose features, no reference, and a velocity of its own.</summary>
    private sealed class Unconditional(NetworkTensor chunks, NetworkTensor poses, ReferenceBank bank, NetworkTensor velocity) : IDisposable
    {
        public NetworkTensor Chunks => chunks;

        public NetworkTensor Poses => poses;

        public ReferenceBank Bank => bank;

        public NetworkTensor Velocity => velocity;

        public OrtBinding? Binding { get; set; }

        public void Dispose()
        {
            Binding?.Dispose();
            chunks.Dispose();
            poses.Dispose();
            bank.Dispose();
            velocity.Dispose();
        }
    }
}
