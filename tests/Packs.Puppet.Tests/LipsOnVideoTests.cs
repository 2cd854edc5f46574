using System.Globalization;
using System.Numerics;
using RenderFarm.Contracts;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

/// <summary>Looks at rendered frames with the same face mesh that a viewer's eye is compared with.</summary>
public sealed class LipsOnVideoTests(Networks networks) : IClassFixture<Networks>
{
    [RequiresTheory(Needs.Shared | Needs.Packages)]
    [InlineData("0035", "good")]
    [InlineData("0014", "news")]
    public async Task The_mouth_opens_with_the_speech_and_is_shut_in_silence(string portrait, string speech)
    {
        // 1.25 s of speech, as much silence, then more speech.
        const int Part = 20000;
        float[] spoken = RealInputs.Speech(speech)[4000..];
        float[] samples = [.. spoken[..Part], .. new float[Part], .. spoken[Part..(2 * Part)]];
        using var job = new PuppetJob(networks.OpenFaces) { Portrait = RealInputs.Portrait(portrait), Samples = samples };
        await job.PrepareAsync();
        byte[][] frames = await job.RenderAsync(new FrameRange(0, job.FrameCount));

        using MediaPipeFaces faces = networks.OpenFaces();
        float[] opening = [.. frames.Select(frame => Opening(faces.Find(new RgbImage(512, 512, frame)).Single()))];
        float[] envelope = SpeechEnvelope(samples, frames.Length);
        double correlation = Statistics.Correlation(opening, envelope);
        Assert.True(correlation > 0.75, string.Create(CultureInfo.InvariantCulture, $"correlation {correlation:F3}"));

        // From a fifth of a second after the last sound until just before the next; the mesh itself is unsteady by about a hundredth of a face.
        float[] silent = [.. opening[35..58].Order()];
        float[] open = [.. opening.Order()];
        float wide = open[open.Length * 9 / 10];
        Assert.True(silent[silent.Length / 2] < 0.15 * wide, string.Create(CultureInfo.InvariantCulture, $"mostly open by {silent[silent.Length / 2]:F3} of {wide:F3} in silence"));
        Assert.True(silent[^1] < 0.3 * wide, string.Create(CultureInfo.InvariantCulture, $"once open by {silent[^1]:F3} of {wide:F3} in silence"));
    }

    /// <summary>Distance of the inner lips as a share of the face's height.</summary>
    private static float Opening(PortraitFace face) => Vector2.Distance(face[13], face[14]) / face.Height;

    /// <summary>Loudness per frame as an ear follows it: RMS over 80 ms, to the power 0.6.</summary>
    private static float[] SpeechEnvelope(float[] samples, int frames)
    {
        float[] envelope = new float[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            int centre = (int)((frame + 0.5) * 16000 / 24);
            double power = 0;
            for (int i = Math.Max(0, centre - 640); i < Math.Min(samples.Length, centre + 640); i++)
                power += samples[i] * samples[i] / 1280;
            envelope[frame] = (float)Math.Pow(Math.Sqrt(power), 0.6);
        }

        return envelope;
    }
}
