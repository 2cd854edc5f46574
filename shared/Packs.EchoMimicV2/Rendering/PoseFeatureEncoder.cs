using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>Pose maps to the features that are added to a frame's first feature map, a frame at a time. A black map does not give zero features.</summary>
public sealed class PoseFeatureEncoder : IDisposable
{
    private readonly NetworkTensor _maps;
    private readonly NetworkTensor _features;
    private readonly OrtBinding _binding;
    private readonly float[] _map;
    private readonly LatentSize _size;

    public PoseFeatureEncoder(EchoMimicNetworks networks, LatentSize size)
    {
        ArgumentNullException.ThrowIfNull(networks);
        _size = size;
        OrtSession encoder = networks[EchoMimicNetwork.PoseEncoder];
        _maps = NetworkTensor.Input(encoder, "maps", 1, 3, size.PictureHeight, size.PictureWidth);
        _features = NetworkTensor.Output(encoder, "features", 1, networks.UNet.BlockOutChannels[0], size.Height, size.Width);
        _binding = encoder.Bind().Input("maps", _maps.Tensor).Output("features", _features.Tensor);
        _map = new float[_maps.Length];
    }

    /// <summary>C0 × h × w.</summary>
    public float[] Encode(RgbImage map, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Height != _size.PictureHeight || map.Width != _size.PictureWidth)
            throw new ArgumentException($"The pose map is {map.Width}x{map.Height}, not {_size.PictureWidth}x{_size.PictureHeight}.", nameof(map));
        int plane = map.Width * map.Height;
        for (int i = 0; i < plane; i++)
            for (int channel = 0; channel < 3; channel++)
                _map[(channel * plane) + i] = map.PixelsHWC[(i * 3) + channel] / 255f;
        _maps.Write(_map);
        _binding.Run(cancellationToken);
        return _features.ToSingles();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _maps.Dispose();
        _features.Dispose();
    }
}
