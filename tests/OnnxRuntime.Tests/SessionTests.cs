using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RenderFarm.Failures;
using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnxruntime tests é ").FullName;

    [RequiresFact(Needs.Packages)]
    public void Inputs_and_outputs_are_told_with_types_fixed_sizes_and_symbols()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float16, ["batch", 3L, "?"], "first", "ünïcode"));
        Assert.Equal(["'first' Float16 [batch, 3, ?]", "'ünïcode' Float16 [batch, 3, ?]"], session.Inputs.Select(input => input.ToString()));
        Assert.Equal("'y' Float16 [batch, 3, ?]", Assert.Single(session.Outputs).ToString());
        Assert.Equal([new(null, "batch"), new(3, null), new(null, null)], session.Inputs[0].Shape.AsEnumerable());
    }

    [RequiresFact(Needs.Packages)]
    public void A_file_with_its_weights_beside_it_opens_from_any_folder()
    {
        float[] weights = [1, 2, 4];
        File.WriteAllBytes(Path.Combine(_folder, "weights.bin"), MemoryMarshal.AsBytes(weights.AsSpan()));
        Assert.Equal([11f, 12, 14], AddTen(Write("model ü.onnx", TinyModel.AddWeights(weights, "weights.bin"))));
    }

    [RequiresFact(Needs.Packages)]
    public void Missing_weights_are_an_error_with_model_and_weights_file_in_it()
    {
        string model = Write("model.onnx", TinyModel.AddWeights([1], "nowhere.bin"));
        OnnxRuntimeException error = Assert.Throws<OnnxRuntimeException>(() => Ort.Open(model));
        Assert.Contains(model, error.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.bin", error.Message, StringComparison.Ordinal);
    }

    [RequiresFact(Needs.Packages)]
    public void Weights_outside_the_models_folder_are_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder, "secret.bin"), new byte[4]);
        Directory.CreateDirectory(Path.Combine(_folder, "pack"));
        string model = Write("pack/model.onnx", TinyModel.AddWeights([1], "../secret.bin"));
        Assert.Throws<OnnxRuntimeException>(() => Ort.Open(model));
    }

    [RequiresFact(Needs.Packages)]
    public void A_missing_file_is_an_error_that_names_it()
    {
        string model = Path.Combine(_folder, "absent.onnx");
        OnnxRuntimeException error = Assert.Throws<OnnxRuntimeException>(() => Ort.Open(model));
        Assert.Contains(model, error.Message, StringComparison.Ordinal);
        Assert.Equal(OrtErrorCode.NoSuchFile, error.Code);
    }

    [RequiresFact(Needs.Packages)]
    public void A_damaged_model_is_an_error_with_the_text_of_onnx_runtime()
    {
        OnnxRuntimeException error = Assert.Throws<OnnxRuntimeException>(() => Open("this is a text file, not a model"u8.ToArray()));
        Assert.Equal("Opening the model tiny failed: Failed to load model because protobuf parsing failed.", error.Message);
        Assert.Equal(OrtErrorCode.InvalidProtobuf, error.Code);
    }

    [RequiresFact(Needs.Packages)]
    public void A_model_cut_short_anywhere_is_an_error_or_a_model_never_a_crash()
    {
        byte[] whole = TinyModel.AddWeights([1, 2, 3]);
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
            refused += Opens(whole[..length]) ? 0 : 1;
        Assert.InRange(refused, whole.Length - 3, whole.Length);
    }

    [RequiresFact(Needs.Packages)]
    public void An_unknown_operator_is_named_in_the_error() =>
        Assert.Contains(
            "Frobnicate",
            Assert.Throws<OnnxRuntimeException>(() => Open(TinyModel.OneNode("Frobnicate", OrtElementType.Float32, [1L], "x"))).Message,
            StringComparison.Ordinal);

    [RequiresFact(Needs.Packages)]
    public void A_model_with_a_sequence_is_refused_by_the_name_of_its_input() =>
        Assert.Contains(
            "'x'", Assert.Throws<NotSupportedException>(() => Open(TinyModel.SequenceInput())).Message, StringComparison.Ordinal);

    [RequiresFact(Needs.Packages)]
    public void The_bytes_a_session_was_opened_from_may_change_afterwards()
    {
        byte[] model = TinyModel.AddWeights([1, 2]);
        using OrtSession session = Open(model);
        Array.Clear(model);
        using OrtTensor<float> x = Floats(0, 0), y = Floats(0, 0);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal([1f, 2], y.Span.ToArray());
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(OrtOptimization.None, true, true, 1, false)]
    [InlineData(OrtOptimization.Basic, false, true, 2, false)]
    [InlineData(OrtOptimization.Extended, true, false, 2, true)]
    [InlineData(OrtOptimization.All, false, false, 3, false)]
    public void Every_option_gives_the_same_result(OrtOptimization optimization, bool pattern, bool arena, int threads, bool spinning)
    {
        var options = new OrtSessionOptions
        {
            Optimization = optimization,
            MemoryPattern = pattern,
            CpuArena = arena,
            IntraOpThreads = threads,
            AllowSpinning = spinning,
        };
        using OrtSession session = Open(TinyModel.AddWeights([1, 2]), options);
        using OrtTensor<float> x = Floats(10, 10), y = Floats(0, 0);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal([11f, 12], y.Span.ToArray());
    }

    [RequiresFact(Needs.Packages)]
    public void The_thread_count_is_one_or_more() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Open(TinyModel.AddWeights([1]), new OrtSessionOptions { IntraOpThreads = 0 }));

    [RequiresFact(Needs.Packages)]
    public void A_provider_that_is_not_there_is_one_sentence_with_the_library_and_the_reason()
    {
        PermanentException error =
            Assert.Throws<PermanentException>(() => Open(TinyModel.AddWeights([1]), new OrtSessionOptions { Provider = "cuda" }));
        Assert.Contains($"'cuda' cannot be used with {NpmPackages.OnnxRuntimeLibrary} (ONNX Runtime 1.30.0)", error.Message, StringComparison.Ordinal);
        Assert.Contains("choose 'cpu'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(error.Message, Ort.WhyUnavailable("cuda"));
        Assert.Null(Ort.WhyUnavailable("cpu"));
    }

    [RequiresFact(Needs.Packages)]
    public void An_unknown_provider_is_refused_with_the_known_ones() =>
        Assert.Equal("There is no execution provider 'tpu'; choose 'cpu' or 'cuda'.", Ort.WhyUnavailable("tpu"));

    [RequiresFact(Needs.Packages)]
    public void Settings_that_would_be_ignored_are_refused() =>
        Assert.Contains(
            "device_id",
            Assert.Throws<PermanentException>(() => Open(TinyModel.AddWeights([1]), ForDevice1)).Message,
            StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static OrtSessionOptions ForDevice1 => new() { ProviderSettings = new Dictionary<string, string> { ["device_id"] = "1" }.ToImmutableDictionary() };

    private static bool Opens(byte[] model)
    {
        try
        {
            using OrtSession session = Open(model);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    private static float[] AddTen(string model)
    {
        using OrtSession session = Ort.Open(model);
        using OrtTensor<float> x = Floats(10, 10, 10), y = Floats(0, 0, 0);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        return y.Span.ToArray();
    }

    private string Write(string name, byte[] model)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, model);
        return path;
    }
}
