using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RenderFarm.Imaging;
using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Reduction of the portrait, its latent, and latents back to pictures.</summary>
internal sealed partial class AutoencoderStage : IParityStage
{
    public string Name => "02_vae";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (Match file in context.Folder.Find(PortraitFile()))
            yield return Portrait(context, file, cancellationToken);
        foreach (Match file in context.Folder.Find(LatentsFile()))
        {
            foreach (ParityRow row in Decode(context, file, cancellationToken))
                yield return row;
        }
    }

    private static ParityRow Portrait(ParityContext context, Match file, CancellationToken cancellationToken)
    {
        NumPyArray array = context.Folder.Array(file.Value);
        string kind = file.Groups["kind"].Value;
        int height = int.Parse(file.Groups["height"].ValueSpan, CultureInfo.InvariantCulture), width = int.Parse(file.Groups["width"].ValueSpan, CultureInfo.InvariantCulture);
        RgbImage portrait = context.Portrait(file.Groups["filter"].Value, height, width);
        if (kind == "ref_u8")
            return ParityRow.ComparePictures(file.Value, array.Bytes(), portrait.PixelsHWC, 0);
        float[] expected = array.Singles();
        float[] image = PortraitEncoder.ToTensor(portrait);
        if (kind == "ref_tensor")
            return ParityRow.Compare(file.Value, expected, image, 0);
        (LatentSize size, float[] latent) = PortraitEncoder.Encode(context.Networks, portrait, cancellationToken);
        float[] actual = kind == "moments" ? PortraitEncoder.Moments(context.Networks, size, image, cancellationToken) : latent;
        return ParityRow.Compare(file.Value, expected, actual, ParityTolerances.Scaled(ParityTolerances.Autoencoder, expected));
    }

    /// <summary>Raw decoder output of the recorded latents: all of the first item, or some rows of the first or second.</summary>
    private static IEnumerable<ParityRow> Decode(ParityContext context, Match latentsFile, CancellationToken cancellationToken)
    {
        NumPyArray array = context.Folder.Array(latentsFile.Value);
        LatentSize size = new(array.Shape[1], array.Shape[2], array.Shape[3]);
        float[] latents = array.Singles();
        using FrameDecoder decoder = new(context.Networks, size);
        foreach (Match file in context.Folder.Find(SampleFile()).Where(match => match.Groups["size"].Value == latentsFile.Groups["size"].Value))
        {
            int item = file.Groups["second"].Success ? 1 : 0;
            if (item >= array.Shape[0])
            {
                yield return ParityRow.Skip(file.Value, "its latents are not recorded");
                continue;
            }

            float[] picture = decoder.DecodeRaw(latents.AsSpan(item * size.Length, size.Length), cancellationToken).ToArray();
            int first = 0, end = size.PictureHeight;
            if (file.Groups["first"].Success)
                (first, end) = (int.Parse(file.Groups["first"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(file.Groups["end"].ValueSpan, CultureInfo.InvariantCulture));
            float[] actual = [.. Enumerable.Range(0, 3).SelectMany(channel =>
                picture.AsSpan(((channel * size.PictureHeight) + first) * size.PictureWidth, (end - first) * size.PictureWidth).ToArray())];
            float[] expected = context.Folder.Singles(file.Value);
            yield return ParityRow.Compare(file.Value, expected, actual, ParityTolerances.Scaled(ParityTolerances.Autoencoder, expected));
        }
    }

    [GeneratedRegex(@"^02_vae/(?<kind>ref_u8|ref_tensor|moments|ref_latents)_(?<filter>[a-z]+)_(?<height>\d+)x(?<width>\d+)\.npy$")]
    private static partial Regex PortraitFile();

    [GeneratedRegex(@"^02_vae/decode_latents_(?<size>\d+x\d+)\.npy$")]
    private static partial Regex LatentsFile();

    [GeneratedRegex(@"^02_vae/decode_sample_(?<size>\d+x\d+)(?<second>_second)?(_rows_(?<first>\d+)_(?<end>\d+))?\.npy$")]
    private static partial Regex SampleFile();
}
