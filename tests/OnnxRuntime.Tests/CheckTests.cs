using System.Collections.Concurrent;
using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

/// <summary>What is wrong is said before ONNX Runtime sees it, with both sides in the message.</summary>
public sealed class CheckTests
{
    [RequiresFact(Needs.Packages)]
    public void A_wrong_shape_is_refused_with_both_shapes() =>
        Refused("tiny declares input 'x' Float32 [batch, 3], but the tensor is Float32 [3, 2].", x: OrtTensor.Zeros<float>(Ort, 3, 2));

    [RequiresFact(Needs.Packages)]
    public void A_wrong_rank_is_refused_with_both_shapes() =>
        Refused("tiny declares input 'x' Float32 [batch, 3], but the tensor is Float32 [3].", x: OrtTensor.Zeros<float>(Ort, 3));

    [RequiresFact(Needs.Packages)]
    public void A_wrong_element_type_is_refused_with_both_types() =>
        Refused("tiny declares input 'x' Float32 [batch, 3], but the tensor is Float16 [2, 3].", x: OrtTensor.Zeros<Half>(Ort, 2, 3));

    [RequiresFact(Needs.Packages)]
    public void A_wrong_output_is_refused_like_an_input() =>
        Refused("tiny declares output 'y' Float32 [batch, 3], but the tensor is Int64 [2, 3].", y: OrtTensor.Zeros<long>(Ort, 2, 3));

    [RequiresFact(Needs.Packages)]
    public void An_unknown_name_is_refused_with_the_names_there_are() =>
        Refused("tiny has no input 'z', only 'x' Float32 [batch, 3].", inputName: "z");

    [RequiresFact(Needs.Packages)]
    public void A_binding_refuses_what_a_run_refuses()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, ["batch", 3L], "x"));
        using OrtBinding binding = session.Bind();
        using OrtTensor<float> wrong = OrtTensor.Zeros<float>(Ort, 3, 2);
        Assert.Contains("[3, 2]", Assert.Throws<ArgumentException>(() => binding.Input("x", wrong)).Message, StringComparison.Ordinal);
        Assert.Contains("[3, 2]", Assert.Throws<ArgumentException>(() => binding.Output("y", wrong)).Message, StringComparison.Ordinal);
    }

    [RequiresFact(Needs.Packages)]
    public void A_missing_input_is_an_error_that_names_it()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [1L], "a", "b"));
        using OrtTensor<float> a = Floats(1), y = Floats(0);
        using OrtBinding binding = session.Bind().Input("a", a).Output("y", y);
        const string Expected = "tiny needs input 'b' Float32 [1], but no tensor is given for it.";
        Assert.Equal(
            Expected, Assert.Throws<ArgumentException>(() => session.Run([("a", a), ("a", a)], [("y", y)], CancellationToken.None)).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => binding.Run(CancellationToken.None)).Message);
    }

    [RequiresFact(Needs.Packages)]
    public void What_onnx_runtime_logs_reaches_those_who_listen_and_their_mistakes_stay_theirs()
    {
        var lines = new ConcurrentQueue<string>();
        Action<OrtSeverity, string> listen = (severity, line) => lines.Enqueue($"{severity} {line}");
        Action<OrtSeverity, string> fail = (_, _) => throw new InvalidOperationException("a listener's mistake");
        Ort.Logged += listen;
        Ort.Logged += fail;
        try
        {
            Assert.NotNull(Ort.WhyUnavailable("cuda"));
        }
        finally
        {
            Ort.Logged -= fail;
            Ort.Logged -= listen;
        }

        Assert.Contains(lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("libonnxruntime_providers", StringComparison.Ordinal));
    }

    [RequiresFact(Needs.Packages)]
    public void Memory_of_another_length_than_the_shape_needs_is_refused() =>
        Assert.Equal(
            "The shape [2, 3] needs 6 elements, but the memory has 5.",
            Assert.Throws<ArgumentException>(() => OrtTensor.Over<float>(Ort, new float[5], 2, 3)).Message);

    [RequiresFact(Needs.Packages)]
    public void Negative_and_overflowing_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => OrtTensor.Zeros<float>(Ort, -1, -1));
        Assert.Throws<ArgumentException>(() => OrtTensor.Zeros<float>(Ort, 1L << 40, 1L << 40, 1L << 40));
        Assert.Throws<ArgumentException>(() => OrtTensor.Over<float>(Ort, new float[4], long.MaxValue, long.MaxValue));
    }

    [RequiresFact(Needs.Packages)]
    public void Other_element_types_are_refused_by_name() =>
        Assert.Contains(
            "Double", Assert.Throws<NotSupportedException>(() => OrtTensor.Zeros<double>(Ort, 1)).Message, StringComparison.Ordinal);

    [RequiresFact(Needs.Packages)]
    public void A_released_tensor_is_refused()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [1L], "x"));
        using OrtTensor<float> x = Floats(1), y = Floats(0);
        y.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run([("x", x)], [("y", y)], CancellationToken.None));
        using OrtBinding binding = session.Bind();
        Assert.Throws<ObjectDisposedException>(() => binding.Output("y", y));
    }

    [RequiresFact(Needs.Packages)]
    public void A_released_session_or_binding_is_refused()
    {
        OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [1L], "x"));
        OrtBinding binding = session.Bind();
        using OrtTensor<float> x = Floats(1), y = Floats(0);
        binding.Dispose();
        Assert.Throws<ObjectDisposedException>(() => binding.Run(CancellationToken.None));
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run([("x", x)], [("y", y)], CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(session.Bind);
    }

    [RequiresFact(Needs.Packages)]
    public void Runs_and_bindings_that_failed_do_not_keep_memory_pinned()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [8L], "a", "b"));
        WeakReference memory = FailInAllWays(session);
        GC.Collect();
        Assert.False(memory.IsAlive);
    }

    private static WeakReference FailInAllWays(OrtSession session)
    {
        float[] memory = new float[8];
        using OrtTensor<float> fits = OrtTensor.Over<float>(Ort, memory, 8), y = OrtTensor.Zeros<float>(Ort, 8);
        using OrtTensor<float> other = OrtTensor.Over<float>(Ort, memory, 2, 4);
        using OrtTensor<float> released = OrtTensor.Zeros<float>(Ort, 8);
        released.Dispose();
        Assert.Throws<ArgumentException>(() => session.Run([("a", fits), ("b", other)], [("y", y)], CancellationToken.None));
        Assert.Throws<ArgumentException>(() => session.Run([("a", fits), ("nothing", fits)], [("y", y)], CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => session.Run([("a", fits), ("b", released)], [("y", y)], CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => session.Run([("a", fits), ("b", fits)], [("y", released)], CancellationToken.None));
        Assert.Throws<ArgumentException>(() => session.Run([("a", fits)], [("y", fits)], CancellationToken.None));
        Assert.Throws<OnnxRuntimeException>(() => session.Run([("a", fits), ("b", fits), ("a", fits)], [], CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => session.Run([("a", fits)], [("y", y)], new CancellationToken(canceled: true)));
        using (OrtBinding binding = session.Bind().Input("a", fits).Output("y", fits))
        {
            Assert.Throws<ArgumentException>(() => binding.Run(CancellationToken.None));
            Assert.Throws<ArgumentException>(() => binding.Input("b", other));
            Assert.Throws<ObjectDisposedException>(() => binding.Input("a", released));
        }

        return new WeakReference(memory);
    }

    private static void Refused(string message, OrtTensor? x = null, OrtTensor? y = null, string inputName = "x")
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, ["batch", 3L], "x"));
        using OrtTensor input = x ?? OrtTensor.Zeros<float>(Ort, 2, 3);
        using OrtTensor output = y ?? OrtTensor.Zeros<float>(Ort, 2, 3);
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => session.Run([(inputName, input)], [("y", output)], CancellationToken.None));
        Assert.Equal(message, error.Message);
    }
}
