using RenderFarm.OnnxRuntime;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>Latents to pictures, a frame at a time through tensors made and bound once.</summary>
public sealed class FrameDecoder : IDisposable
{
    private readonly NetworkTensor _latents;
    private readonly NetworkTensor _image;
    private readonly OrtBinding _binding;
    private readonly float[] _picture;

    public FrameDecoder(EchoMimicNetworks networks, LatentSize size)
    {
        ArgumentNullException.ThrowIfNull(networks);
        Size = size;
        OrtSession decoder = networks[EchoMimicNetwork.VaeDecoder];
        _latents = NetworkTensor.Input(decoder, "latents", 1, size.Channels, size.Height, size.Width);
        _image = NetworkTensor.Output(decoder, "image", 1, 3, size.PictureHeight, size.PictureWidth);
        _binding = decoder.Bind().Input("latents", _latents.Tensor).Output("image", _image.Tensor);
        _picture = new float[_image.Length];
    }

    public LatentSize Size { get; }

    /// <summary>Bytes of one picture.</summary>
    public int PictureBytes => _picture.Length;

    /// <summary>Decodes one frame as the network gives it, about −1 to 1.</summary>
    /// <returns>3 × H × W; overwritten by the next call.</returns>
    public ReadOnlySpan<float> DecodeRaw(ReadOnlySpan<float> latentCHW, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latentCHW.Length, Size.Length);
        _latents.Write(latentCHW);
        _binding.Run(cancellationToken);
        _image.Read(_picture);
        return _picture;
    }

    /// <summary>Decodes one frame to 8 bits: floor(255 · clamp(x/2 + 0.5, 0, 1)), truncated as the official program does.</summary>
    /// <param name="rgbHWC">Receives H × W × 3 bytes.</param>
    public void Decode(ReadOnlySpan<float> latentCHW, Span<byte> rgbHWC, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbHWC.Length, _picture.Length);
        ReadOnlySpan<float> picture = DecodeRaw(latentCHW, cancellationToken);
        int plane = picture.Length / 3;
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> values = picture.Slice(channel * plane, plane);
            for (int i = 0; i < plane; i++)
                rgbHWC[(i * 3) + channel] = (byte)(255 * Math.Clamp((values[i] / 2) + 0.5f, 0, 1));
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _latents.Dispose();
        _image.Dispose();
    }
}
