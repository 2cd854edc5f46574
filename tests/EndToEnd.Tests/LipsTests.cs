using System.Diagnostics;
using RenderFarm.Imaging;
using RenderFarm.MediaPipe;
using RenderFarm.OnnxRuntime;
using RenderFarm.TestSupport;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>The mouth of the finished video, measured from outside: by the face mesh on decoded frames.</summary>
public sealed class LipsTests : IDisposable
{
    private const int Size = 512;
    private const int FramesPerSecond = 24;
    private const double SilenceStart = 5, SilenceEnd = 7;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public async Task The_mouth_follows_the_speech_and_is_shut_in_a_silence()
    {
        FarmProgram farm = new(_folder);
        string speech = _folder.At("speech.wav"), audio = _folder.At("paused.wav"), video = _folder.At("v.mp4");
        await Tool.SpeechAsync(speech, 12, Samples.Speech);
        await Tool.RunAsync("ffmpeg", "-v", "error", "-y", "-i", speech, "-af", $"volume=0:enable='between(t,{Tool.Text(SilenceStart)},{Tool.Text(SilenceEnd)})'", audio);
        await farm.SucceedAsync("render", "--portrait", Samples.Portrait("0035"), "--audio", audio, "--out", video, "--json");

        double[] opening = await OpeningsAsync(video);
        double[] envelope = await EnvelopeAsync(audio, opening.Length);

        double shut = Quantile(opening, 0.02);
        double[] silent = opening[(int)((SilenceStart + 0.4) * FramesPerSecond)..(int)((SilenceEnd - 0.2) * FramesPerSecond)];
        Assert.True(silent.Max() < shut + 0.02, $"In the silence the mouth opens to {silent.Max():f3} of the face, shut is {shut:f3}.");
        Assert.True(Quantile(opening, 0.95) > shut + 0.03, $"The mouth hardly opens: {Quantile(opening, 0.95):f3}.");
        double correlation = Correlation(opening, envelope);
        Assert.True(correlation > 0.75, $"Mouth and speech correlate with {correlation:f3} only.");
    }

    /// <summary>Distance of the inner lips (13, 14) over the height of the face (10, 152), per frame.</summary>
    private static async Task<double[]> OpeningsAsync(string video)
    {
        using FaceLandmarker landmarker = new(OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary), await ImportedNetworks.FolderAsync());
        FaceTracker tracker = new(landmarker, maxFaces: 1);
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", video, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]) { RedirectStandardOutput = true })!;
        byte[] frame = new byte[Size * Size * 3];
        List<double> openings = [];
        while (await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            IReadOnlyList<Landmark> face = Assert.Single(tracker.Track(new RgbImage(Size, Size, frame))).Points;
            openings.Add(Distance(face[13], face[14]) / Distance(face[10], face[152]));
        }

        await ffmpeg.WaitForExitAsync();
        return [.. openings];
    }

    /// <summary>Root mean square of the sound around each frame, smoothed over 80 ms, as perceived: to the power 0.3.</summary>
    private static async Task<double[]> EnvelopeAsync(string audio, int frames)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", audio, "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"]) { RedirectStandardOutput = true })!;
        using MemoryStream pcm = new();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(pcm);
        byte[] bytes = pcm.ToArray();
        double[] envelope = new double[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            int centre = (int)((frame + 0.5) * 16000 / FramesPerSecond);
            double sum = 0;
            int count = 0;
            for (int at = Math.Max(0, centre - 640); at < Math.Min(bytes.Length / 2, centre + 640); at++, count++)
                sum += Math.Pow(BitConverter.ToInt16(bytes, at * 2) / 32768.0, 2);
            envelope[frame] = Math.Pow(Math.Sqrt(sum / Math.Max(1, count)), 0.3);
        }

        return envelope;
    }

    private static double Distance(Landmark a, Landmark b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    private static double Quantile(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double both = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return both / Math.Sqrt(a.Sum(x => Math.Pow(x - meanA, 2)) * b.Sum(y => Math.Pow(y - meanB, 2)));
    }
}
