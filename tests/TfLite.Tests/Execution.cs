using RenderFarm.OnnxGraph;
using RenderFarm.OnnxRuntime;
using RenderFarm.TestSupport;

namespace RenderFarm.TfLite.Tests;

/// <summary>Converts a network and runs it.</summary>
internal static class Execution
{
    public static OrtSession Open(string name, byte[] tflite)
    {
        using MemoryStream onnx = new();
        OnnxModelWriter.Write(TfLiteConverter.ToOnnx(TfLiteModel.Parse(name, tflite)), onnx);
        return OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary).Open(onnx.GetBuffer().AsSpan(0, (int)onnx.Length), name);
    }

    /// <returns>All outputs by name.</returns>
    public static Dictionary<string, float[]> Run(OrtSession session, params float[][] inputs)
    {
        List<(string, OrtTensor)> given = [];
        for (int i = 0; i < inputs.Length; i++)
            given.Add((session.Inputs[i].Name, OrtTensor.Over<float>(session.Runtime, inputs[i], Shape(session.Inputs[i]))));
        Dictionary<string, OrtTensor<float>> results = session.Outputs.ToDictionary(o => o.Name, o => OrtTensor.Zeros<float>(session.Runtime, Shape(o)));
        session.Run(given.ToArray(), [.. results.Select(r => (r.Key, (OrtTensor)r.Value))], CancellationToken.None);
        Dictionary<string, float[]> values = results.ToDictionary(r => r.Key, r => r.Value.Span.ToArray());
        foreach (OrtTensor tensor in given.Select(g => g.Item2).Concat(results.Values))
            tensor.Dispose();
        return values;
    }

    public static float[] Run(NetworkDraft net, params float[][] inputs)
    {
        using OrtSession session = Open("net", net.Write());
        return Run(session, inputs).Values.Single();
    }

    private static long[] Shape(OrtValueInfo value) => [.. value.Shape.Select(d => d.Size!.Value)];
}
