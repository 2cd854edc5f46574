using System.Text.Json;
using RenderFarm.Contracts;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

public class SpeechMotionTests
{
    [SharedFact]
    public async Task The_opening_of_the_mouth_is_that_of_the_prototype()
    {
        float[] open = Latents.Track(await MeansAsync(RealInputs.Speech("good"), new FrameRate(25, 1), 75), MotionParameter.MouthOpen);
        float[] round = Latents.Track(await MeansAsync(RealInputs.Speech("good"), new FrameRate(25, 1), 75), MotionParameter.MouthRound);
        using JsonDocument golden = JsonDocument.Parse(await File.ReadAllBytesAsync(SharedFolder.At("goldens/mediapipe/puppet/good_3s_parameters.json")));
        double openCorrelation = Statistics.Correlation(open, Column(golden, "open"));
        double roundCorrelation = Statistics.Correlation(round, Column(golden, "rounding"));
        Assert.True(openCorrelation > 0.9, $"open: {openCorrelation:F3}");
        Assert.True(roundCorrelation > 0.9, $"rounding: {roundCorrelation:F3}");
    }

    private static float[] Column(JsonDocument golden, string name) =>
        [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static async Task<float[]> MeansAsync(float[] samples, FrameRate rate, long frames)
    {
        var track = new ArrayPcmTrack(samples);
        SpeechLevels levels = await MotionMeans.MeasureLevelsAsync(track, CancellationToken.None);
        var rows = new List<float>();
        await foreach (ReadOnlyMemory<float> row in MotionMeans.ReadAsync(track, levels, rate, frames, seed: 1, CancellationToken.None))
            rows.AddRange(row.Span);
        return [.. rows];
    }
}
