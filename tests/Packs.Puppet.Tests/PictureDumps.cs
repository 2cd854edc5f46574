using System.Diagnostics;
using System.Globalization;
using RenderFarm.Contracts;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;

namespace RenderFarm.Packs.Puppet.Tests;

/// <summary>Pictures for a person to look at: <c>RENDERFARM_DUMP=folder dotnet test --filter PictureDumps</c>.</summary>
public class PictureDumps(Networks networks) : IClassFixture<Networks>
{
    private static readonly string[] Portraits = (Environment.GetEnvironmentVariable("RENDERFARM_DUMP_PORTRAITS") ?? "0035,0014,0163,0247").Split(',');

    [DumpFact]
    public void Mouths_at_several_openings()
    {
        foreach (string portrait in Portraits)
        {
            foreach (bool closeUp in new[] { false, true })
            {
                PuppetStage stage = closeUp ? Stages.CloseUp(portrait, 512) : Stages.Of(portrait, 512);
                var decoder = new PlainDecoder(stage);
                byte[] frame = new byte[512 * 512 * 3];
                var frames = new List<byte[]>();
                foreach ((float open, float round) in new[] { (0f, 0f), (0.15f, 0f), (0.3f, 0f), (0.5f, 1f), (0.5f, -1f), (0.75f, 0f), (0.9f, 1f), (1f, 0f) })
                {
                    decoder.Decode(Latents.Of((MotionParameter.MouthOpen, open), (MotionParameter.MouthRound, round), (MotionParameter.Blink, open)), frame);
                    frames.Add([.. frame]);
                }

                Save(frames, $"{(closeUp ? "close" : "half")}_{portrait}");
            }
        }
    }

    [DumpFact]
    public async Task A_talking_portrait()
    {
        string speech = Environment.GetEnvironmentVariable("RENDERFARM_DUMP_SPEECH") ?? "good";
        float[] samples = speech == "demo" ? RealInputs.SpeechFile(Path.Combine(RenderFarm.TestSupport.RepositoryRoot.Folder, "services/Farm/Demo/lecture.opus")) : RealInputs.Speech(speech);
        foreach (string portrait in Portraits)
        {
            string name = Path.GetFileNameWithoutExtension(portrait);
            using PuppetJob job = portrait.Contains('/', StringComparison.Ordinal)
                ? new PuppetJob(networks.OpenFaces) { Portrait = RealInputs.Picture(portrait), Samples = samples }
                : PuppetJob.Of(portrait, samples);
            await job.PrepareAsync();
            var range = new FrameRange(0, Math.Min(job.FrameCount, 120));
            Save([.. await job.RenderAsync(range)], $"talk_{name}");
            float[] latents = await job.DenoiseAsync(range);
            using StreamWriter writer = File.CreateText(Path.Combine(DumpFactAttribute.Folder!, $"talk_{name}.csv"));
            foreach (float[] row in latents.Chunk(MotionParameter.Count))
                await writer.WriteLineAsync(string.Join(',', row.Select((value, i) => (value / MotionParameter.Scale(i)).ToString("F4", CultureInfo.InvariantCulture))));
        }
    }

    [DumpFact]
    public void Sharpness_over_subpixel_shifts()
    {
        using StreamWriter report = File.CreateText(Path.Combine(DumpFactAttribute.Folder!, "sharpness.txt"));
        PuppetStage stage = Stages.Of("0035", 512);
        var decoder = new RowDecoder(stage);
        byte[] frame = new byte[512 * 512 * 3];
        for (int step = 0; step <= 16; step++)
        {
            float pixels = step / 16f;
            decoder.Decode(Latents.Of((MotionParameter.HeadX, pixels / stage.Unit), (MotionParameter.HeadY, pixels / stage.Unit)), frame);
            double sum = 0;
            for (int y = 60; y < 150; y++)
            {
                for (int x = 210; x < 300; x++)
                {
                    int at = 3 * ((y * 512) + x);
                    double laplacian = (4 * frame[at]) - frame[at - 3] - frame[at + 3] - frame[at - 1536] - frame[at + 1536];
                    sum += laplacian * laplacian;
                }
            }

            report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pixels:F4} {Math.Sqrt(sum / 8100):F3}"));
        }
    }

    /// <summary>Meant for Release: <c>RENDERFARM_DUMP=folder dotnet test -c Release --filter Milliseconds</c>, then read <c>speed.txt</c>.</summary>
    [DumpFact]
    public async Task Milliseconds_per_frame()
    {
        using StreamWriter report = File.CreateText(Path.Combine(DumpFactAttribute.Folder!, "speed.txt"));
        using PuppetJob job = PuppetJob.Of("0035", RealInputs.Speech("good"));
        await job.PrepareAsync();
        float[] latents = await job.DenoiseAsync(new FrameRange(0, job.FrameCount));
        foreach ((string name, PuppetStage stage) in new[] { ("half body", Stages.Of("0035", 512)), ("close-up", Stages.CloseUp("0035", 512)) })
        {
            var decoder = new RowDecoder(stage);
            byte[] frame = new byte[512 * 512 * 3];
            // For each frame the fastest of many rounds: what a core does when others leave it alone.
            float[][] rows = [.. latents.Chunk(MotionParameter.Count)];
            double[] best = [.. rows.Select(_ => double.PositiveInfinity)];
            for (int round = 0; round < 25; round++)
            {
                for (int i = 0; i < rows.Length; i++)
                {
                    var watch = Stopwatch.StartNew();
                    decoder.Decode(rows[i], frame);
                    best[i] = Math.Min(best[i], watch.Elapsed.TotalMilliseconds);
                }
            }

            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name} 512: {best.Average():F3} ms per frame, at most {best.Max():F3}"));
        }

        for (int round = 0; round < 4; round++)
        {
            var watch = Stopwatch.StartNew();
            await job.DenoiseAsync(new FrameRange(0, job.FrameCount));
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"open and denoise: {watch.Elapsed.TotalMilliseconds / job.FrameCount:F3} ms per frame"));
            watch.Restart();
            Stages.Of(job.Portrait, RealInputs.GoldenFace("0035"), 512);
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"resample and build stage: {watch.Elapsed.TotalMilliseconds:F0} ms"));
            watch.Restart();
            await MotionMeans.MeasureLevelsAsync(new ArrayPcmTrack(new float[60 * 16000]), CancellationToken.None);
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"one sweep over a minute of audio: {watch.Elapsed.TotalMilliseconds:F0} ms"));
        }
    }

    private static void Save(List<byte[]> frames, string name)
    {
        string folder = Path.Combine(DumpFactAttribute.Folder!, name);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < frames.Count; i++)
            SavePpm(frames[i], 512, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:D4}.ppm")));
    }

    private static void SavePpm(byte[] pixels, int size, string path)
    {
        using FileStream file = File.Create(path);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6 {size} {size} 255\n")));
        file.Write(pixels);
    }
}
