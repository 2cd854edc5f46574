using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>The portrait as latent: the posterior mean, scaled; nothing is sampled.</summary>
public static class PortraitEncoder
{
    /// <param name="portrait">Already of the size to render; sides are multiples of 8.</param>
    /// <returns>C × h × w.</returns>
    public static (LatentSize Size, float[] LatentCHW) Encode(EchoMimicNetworks networks, RgbImage portrait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(portrait);
        LatentSize size = new(networks.UNet.LatentChannels, portrait.Height / LatentSize.PixelsPerLatent, portrait.Width / LatentSize.PixelsPerLatent);
        if (size.PictureHeight != portrait.Height || size.PictureWidth != portrait.Width)
            throw new ArgumentException($"The sides of {portrait.Width}x{portrait.Height} are no multiples of {LatentSize.PixelsPerLatent}.", nameof(portrait));
        float[] moments = Moments(networks, size, ToTensor(portrait), cancellationToken);
        float[] latent = moments[..size.Length];
        for (int i = 0; i < latent.Length; i++)
            latent[i] *= Vae.Scale;
        return (size, latent);
    }

    /// <summary>2·(u8/255) − 1, channels first.</summary>
    public static float[] ToTensor(RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int plane = picture.Width * picture.Height;
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++)
            for (int channel = 0; channel < 3; channel++)
                values[(channel * plane) + i] = (2 * (picture.PixelsHWC[(i * 3) + channel] / 255f)) - 1;
        return values;
    }

    /// <summary>The autoencoder's means and log-variances, 2C × h × w.</summary>
    public static float[] Moments(EchoMimicNetworks networks, LatentSize size, ReadOnlySpan<float> imageCHW, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(networks);
        OrtSession encoder = networks[EchoMimicNetwork.VaeEncoder];
        using NetworkTensor image = NetworkTensor.Input(encoder, "image", 1, 3, size.PictureHeight, size.PictureWidth);
        using NetworkTensor moments = NetworkTensor.Output(encoder, "moments", 1, 2 * size.Channels, size.Height, size.Width);
        image.Write(imageCHW);
        encoder.Run([("image", image.Tensor)], [("moments", moments.Tensor)], cancellationToken);
        return moments.ToSingles();
    }
}
