using RenderFarm.OnnxRuntime;
using RenderFarm.TestSupport;

namespace RenderFarm.OnnxGraph.Tests;

/// <summary>The judge of an ONNX file is ONNX Runtime.</summary>
public sealed class RuntimeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onnxgraph").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [RequiresTheory(Needs.Packages)]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_model_runs_with_its_data_inside_or_beside_it(bool external)
    {
        const int Size = 600;
        float[] weights = [.. Enumerable.Range(0, Size * Size).Select(i => i % 11 - 5f)];
        Graph graph = new("dense");
        string x = graph.AddInput("x", OnnxElementType.Float, "rows", Size);
        string w = graph.AddInitializer(new Initializer(
            "w", OnnxElementType.Float16, [Size, Size],
            TensorData.Streamed(2L * Size * Size, stream => WriteHalves(weights, stream))));
        string wide = graph.Add("Cast", [w], Attr.Int("to", (long)OnnxElementType.Float));
        string product = graph.Add("MatMul", [x, wide]);
        string shape = graph.AddInitializer(Initializer.Int64s("shape", new long[] { -1, Size / 2, 2 }));
        graph.Add(new Node { OpType = "Reshape", Inputs = [product, shape], Outputs = ["y"] });
        graph.AddOutput("y", OnnxElementType.Float, "rows", Size / 2, 2);
        string path = Path.Combine(folder, "dense.onnx");
        OnnxModelWriter.Save(new OnnxModel(graph), path, external ? new ExternalDataOptions() : null);
        Assert.Equal(external, File.Exists(path + ".data"));

        OrtRuntime runtime = OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary);
        using OrtSession session = runtime.Open(path);
        using OrtTensor<float> input = OrtTensor.Zeros<float>(runtime, 1, Size);
        using OrtTensor<float> output = OrtTensor.Zeros<float>(runtime, 1, Size / 2, 2);
        input.Span[3] = 1;
        input.Span[7] = 2;
        session.Run([("x", input)], [("y", output)], CancellationToken.None);
        for (int i = 0; i < Size; i++)
            Assert.Equal(weights[(3 * Size) + i] + (2 * weights[(7 * Size) + i]), output.Span[i]);
    }

    private static void WriteHalves(float[] values, Stream stream)
    {
        foreach (float value in values)
            stream.Write(BitConverter.GetBytes((Half)value));
    }
}
