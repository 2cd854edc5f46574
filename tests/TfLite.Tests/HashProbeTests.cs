using System.Text.Json;
using RenderFarm.OnnxRuntime;
using RenderFarm.TestSupport;

namespace RenderFarm.TfLite.Tests;

/// <summary>The real networks on a synthetic input.</summary>
public sealed class HashProbeTests
{
    public static TheoryData<string> Names => [.. MediaPipeModels.All.Select(m => m.Name)];

    [RequiresTheory(Needs.Packages)]
    [MemberData(nameof(Names))]
    public async Task Outputs_are_finite_and_the_same_every_time(string name)
    {
        using OrtSession session = await OpenAsync(name);
        float[] input = Probe(session);
        Dictionary<string, float[]> first = Execution.Run(session, input);
        Assert.All(first.Values, values => Assert.All(values, v => Assert.True(float.IsFinite(v))));
        Assert.All(first.Where(o => o.Value.Length > 1), o => Assert.True(o.Value.Distinct().Count() > o.Value.Length / 2));
        Assert.Equal(first, Execution.Run(session, input));
    }

    /// <summary>goldens/mediapipe/intermediate_tensors.json, rounded there to six digits.</summary>
    [RequiresTheory(Needs.Packages | Needs.Shared)]
    [MemberData(nameof(Names))]
    public async Task Outputs_have_the_statistics_of_the_reference(string name)
    {
        using OrtSession session = await OpenAsync(name);
        Dictionary<string, float[]> outputs = Execution.Run(session, Probe(session));
        using JsonDocument goldens = JsonDocument.Parse(
            await File.ReadAllBytesAsync(SharedFolder.At("goldens/mediapipe/intermediate_tensors.json")));
        foreach (JsonProperty golden in goldens.RootElement.GetProperty("hash_probe").GetProperty(name).EnumerateObject())
        {
            float[] output = outputs[golden.Name];
            float[] wanted =
            [
                Number(golden, "n"), Number(golden, "mean"), Number(golden, "min"), Number(golden, "max"),
                .. golden.Value.GetProperty("first8").EnumerateArray().Select(v => v.GetSingle()),
            ];
            float[] found = [output.Length, output.Average(), output.Min(), output.Max(), .. output.Take(8)];
            Numbers.AssertClose(wanted, found, tolerance: 2e-4);
        }
    }

    private static float Number(JsonProperty golden, string name) => golden.Value.GetProperty(name).GetSingle();

    private static async Task<OrtSession> OpenAsync(string name)
    {
        MediaPipeModel model = MediaPipeModels.All.Single(m => m.Name == name);
        return Execution.Open(name, await MediaPipeModels.ReadAsync(model, NpmPackages.Folder, CancellationToken.None));
    }

    /// <summary>Element k is the fraction of k · 2654435761 / 2^32.</summary>
    private static float[] Probe(OrtSession session)
    {
        long count = session.Inputs.Single().Shape.Aggregate(1L, (product, size) => product * size.Size!.Value);
        return [.. Enumerable.Range(0, (int)count).Select(k => (float)((uint)k * 2654435761u / 4294967296.0))];
    }
}
