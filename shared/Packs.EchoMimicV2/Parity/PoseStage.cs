using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Pose maps to features.</summary>
internal sealed partial class PoseStage : IParityStage
{
    public string Name => "03_pose";

    public async IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (Match file in context.Folder.Find(FeaturesFile()))
        {
            NumPyArray array = context.Folder.Array(file.Value); // [1, C0, F, h, w]
            int frames = array.Shape[2];
            LatentSize size = new(context.Weights.UNet.LatentChannels, array.Shape[3], array.Shape[4]);
            int first = int.Parse(file.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
            if (context.Poses(size, first + frames, cancellationToken) is not { } features)
            {
                yield return ParityRow.Skip(file.Value, "no pose maps of this size");
                continue;
            }

            float[] actual = ParityContext.SwapLeading([.. features[first..].SelectMany(frame => frame)], frames, array.Shape[1]);
            float[] expected = array.Singles();
            yield return ParityRow.Compare(file.Value, expected, actual, ParityTolerances.Scaled(ParityTolerances.Pose, expected));
        }
    }

    [GeneratedRegex(@"^03_pose/pose_features_\d+x\d+_frames(?<first>\d+)_\d+\.npy$")]
    private static partial Regex FeaturesFile();
}
