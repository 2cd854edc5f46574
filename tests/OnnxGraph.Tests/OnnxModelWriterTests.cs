using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.OnnxGraph.Tests;

public sealed class OnnxModelWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onnxgraph").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_small_model_has_the_bytes_that_protoc_reads_as_onnx()
    {
        // Checked once with: protoc --decode=onnx.ModelProto onnx/onnx.proto (ONNX 1.12).
        Graph graph = new("g");
        string x = graph.AddInput("x", OnnxElementType.Float, "n", 2);
        string w = graph.AddInitializer(Initializer.Floats("w", [2], new float[] { 1, -1 }));
        graph.Add(new Node { OpType = "Mul", Inputs = [x, w], Outputs = ["y"] });
        graph.AddOutput("y", OnnxElementType.Float, "n", 2);
        Assert.Equal(
            "0808120A52656E6465724661726D3A520A0E0A01780A017712017922034D756C1201672A11080210014201774A080000803F" +
            "000080BF5A140A0178120F0A0D080112090A0312016E0A02080262140A0179120F0A0D080112090A0312016E0A0208024202" +
            "1011",
            Convert.ToHexString(Bytes(new OnnxModel(graph))));
    }

    [Fact]
    public void Every_kind_of_attribute_is_written_with_its_type()
    {
        Graph graph = new("g");
        graph.Add(
            "Op", [], Attr.Int("i", -3), Attr.Float("f", 0.5f), Attr.Text("s", "é"), Attr.Ints("is", 1, -1), Attr.Floats("fs", 2f),
            Attr.Texts("ss", "a", "b"), Attr.Tensor("t", Initializer.Int64s("", new long[] { 7 })));
        List<ProtoField> node = ProtoField.Read(Bytes(new OnnxModel(graph))).The(7).Message.The(1).Message;
        Dictionary<string, List<ProtoField>> attributes = node.All(5).Select(a => a.Message).ToDictionary(a => a.The(1).Text);
        Assert.Equal(unchecked((ulong)-3L), attributes["i"].The(3).Value);
        Assert.Equal(BitConverter.SingleToUInt32Bits(0.5f), (uint)attributes["f"].The(2).Value);
        Assert.Equal("é", attributes["s"].The(4).Text);
        Assert.Equal([1, unchecked((ulong)-1L)], attributes["is"].All(8).Select(f => f.Value));
        Assert.Equal([BitConverter.SingleToUInt32Bits(2)], attributes["fs"].All(7).Select(f => (uint)f.Value));
        Assert.Equal(["a", "b"], attributes["ss"].All(9).Select(f => f.Text));
        Assert.Equal(BitConverter.GetBytes(7L), attributes["t"].The(5).Message.The(9).Bytes);
        Assert.Equal([2, 1, 3, 7, 6, 8, 4], node.All(5).Select(a => (int)a.Message.The(20).Value));
    }

    [Fact]
    public void Tensors_come_back_with_type_shape_and_bytes() =>
        Prop.ForAll<float[], byte>((values, rows) =>
        {
            long height = rows % 3 + 1;
            float[] whole = values[..(int)(values.Length / height * height)];
            Graph graph = new("g");
            graph.AddInitializer(Initializer.Floats("w", [height, whole.Length / height], whole));
            List<ProtoField> tensor = ProtoField.Read(Bytes(new OnnxModel(graph))).The(7).Message.The(5).Message;
            Assert.Equal([(ulong)height, (ulong)(whole.Length / height)], tensor.All(1).Select(d => d.Value));
            Assert.Equal((ulong)OnnxElementType.Float, tensor.The(2).Value);
            Assert.Equal(whole.SelectMany(BitConverter.GetBytes), tensor.The(9).Bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Large_tensors_go_to_an_aligned_data_file_and_small_ones_stay()
    {
        Graph graph = new("g");
        graph.AddInitializer(Initializer.Floats("small", [2], new float[] { 1, 2 }));
        graph.AddInitializer(Initializer.Floats("a", [3], new float[] { 3, 4, 5 }));
        graph.AddInitializer(Streamed("b", 10_000, stream =>
        {
            for (int written = 0; written < 10_000; written += 1_000)
                stream.Write(Enumerable.Repeat((byte)(written / 1_000), 1_000).ToArray());
        }));
        string path = Path.Combine(folder, "m.onnx");
        OnnxModelWriter.Save(new OnnxModel(graph), path, new ExternalDataOptions { MinimumBytes = 12, Alignment = 64 });

        Dictionary<string, List<ProtoField>> tensors = Tensors(path);
        Assert.Equal(8, tensors["small"].The(9).Bytes.Length);
        Assert.Empty(tensors["small"].All(14));
        Assert.Equal(1ul, tensors["b"].The(14).Value);
        Assert.Empty(tensors["b"].All(9));
        Dictionary<string, string> place = tensors["b"].Entries(13);
        Assert.Equal(("m.onnx.data", "64", "10000"), (place["location"], place["offset"], place["length"]));
        byte[] data = File.ReadAllBytes(path + ".data");
        Assert.Equal(64 + 10_000, data.Length);
        Assert.Equal(4f, BitConverter.ToSingle(data, 4));
        Assert.Equal(9, data[^1]);
        Assert.Equal(["m.onnx", "m.onnx.data"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Data_files_may_be_larger_than_two_gigabytes()
    {
        Graph graph = new("g");
        for (int i = 0; i < 4; i++)
            graph.AddInitializer(Initializer.Int64s($"w{i}", new long[] { i }));
        string path = Path.Combine(folder, "m.onnx");
        // The gaps are holes in the file: nothing is written there.
        OnnxModelWriter.Save(new OnnxModel(graph), path, new ExternalDataOptions { MinimumBytes = 0, Alignment = 1 << 30 });
        long offset = long.Parse(Tensors(path)["w3"].Entries(13)["offset"], CultureInfo.InvariantCulture);
        Assert.Equal(3L << 30, offset);
        using FileStream data = File.OpenRead(path + ".data");
        data.Position = offset;
        byte[] last = new byte[8];
        data.ReadExactly(last);
        Assert.Equal(3, BitConverter.ToInt64(last));
    }

    [Fact]
    public void A_model_over_two_gigabytes_is_refused_before_any_data_is_read()
    {
        Graph graph = new("g");
        graph.AddInitializer(Streamed("w", 3L << 30, _ => Assert.Fail("The data was read.")));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Bytes(new OnnxModel(graph)));
        Assert.Contains("external data", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public void A_source_of_the_wrong_length_fails_and_leaves_no_file(int written)
    {
        Graph graph = new("g");
        graph.AddInitializer(Streamed("w", 100, stream => stream.Write(new byte[written])));
        string path = Path.Combine(folder, "m.onnx");
        Assert.Throws<InvalidDataException>(() => OnnxModelWriter.Save(new OnnxModel(graph), path));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_cancelled_save_leaves_no_file()
    {
        using CancellationTokenSource cancel = new();
        Graph graph = new("g");
        graph.AddInitializer(Streamed("a", 1, stream =>
        {
            stream.WriteByte(0);
            cancel.Cancel();
        }));
        graph.AddInitializer(Initializer.Int64s("b", new long[] { 1 }));
        Assert.Throws<OperationCanceledException>(() => OnnxModelWriter.Save(
            new OnnxModel(graph), Path.Combine(folder, "m.onnx"), new ExternalDataOptions { MinimumBytes = 0 }, cancel.Token));
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static Initializer Streamed(string name, long bytes, Action<Stream> write) =>
        new(name, OnnxElementType.UInt8, [bytes], TensorData.Streamed(bytes, write));

    private static byte[] Bytes(OnnxModel model)
    {
        using MemoryStream stream = new();
        OnnxModelWriter.Write(model, stream);
        return stream.ToArray();
    }

    private static Dictionary<string, List<ProtoField>> Tensors(string path) =>
        ProtoField.Read(File.ReadAllBytes(path)).The(7).Message.All(5).Select(t => t.Message).ToDictionary(t => t.The(8).Text);
}
