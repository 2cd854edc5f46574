using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

public sealed class RunTests
{
    [RequiresFact(Needs.Packages)]
    public void Adds_two_vectors_and_writes_the_sum_into_the_given_memory()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [3L], "a", "b"));
        float[] sum = new float[3];
        using OrtTensor<float> a = Floats(1, 2, 3), b = Floats(10, 20, 30), y = OrtTensor.Over<float>(Ort, sum, 3);
        session.Run([("b", b), ("a", a)], [("y", y)], CancellationToken.None);
        Assert.Equal([11f, 22, 33], sum);
    }

    [RequiresFact(Needs.Packages)]
    public void A_run_reads_what_the_memory_holds_at_that_time()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [2L], "x"));
        using OrtTensor<float> x = Floats(1, 2), y = OrtTensor.Zeros<float>(Ort, 2);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        x.Span[0] = 5;
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal([-5f, -2], y.Span.ToArray());
    }

    [RequiresFact(Needs.Packages)]
    public void A_tensor_over_a_slice_touches_nothing_around_it()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [2L], "x"));
        float[] output = [7, 7, 7, 7];
        using OrtTensor<float> x = Floats(1, 2), y = OrtTensor.Over(Ort, output.AsMemory(1, 2), 2);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal([7f, -1, -2, 7], output);
    }

    [RequiresFact(Needs.Packages)]
    public void Multiplies_matrices_in_row_major_order()
    {
        using OrtSession session = Open(TinyModel.MatMul(2, 3, 1));
        using OrtTensor<float> a = OrtTensor.Over<float>(Ort, new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        using OrtTensor<float> b = OrtTensor.Over<float>(Ort, new float[] { 1, 10, 100 }, 3, 1);
        using OrtTensor<float> y = OrtTensor.Zeros<float>(Ort, 2, 1);
        session.Run([("a", a), ("b", b)], [("y", y)], CancellationToken.None);
        Assert.Equal([321f, 654], y.Span.ToArray());
    }

    [RequiresFact(Needs.Packages)]
    public void Half_precision_goes_in_and_out_bit_for_bit() =>
        Identity([Half.Pi, Half.NaN, Half.NegativeInfinity, Half.Epsilon, Half.MaxValue, (Half)(-0.0)], OrtElementType.Float16);

    [RequiresFact(Needs.Packages)]
    public void Long_integers_go_in_and_out_bit_for_bit() =>
        Identity([long.MinValue, -1, 0, 1, long.MaxValue], OrtElementType.Int64);

    [RequiresFact(Needs.Packages)]
    public void Booleans_go_in_and_out_bit_for_bit() => Identity([true, false, false, true], OrtElementType.Bool);

    [RequiresFact(Needs.Packages)]
    public void Single_precision_goes_in_and_out_bit_for_bit() =>
        Identity([float.NaN, float.NegativeZero, float.Epsilon, float.MaxValue], OrtElementType.Float32);

    [RequiresFact(Needs.Packages)]
    public void Casts_between_precisions_agree_with_dotnet()
    {
        using OrtSession session = Open(TinyModel.Cast(OrtElementType.Float32, OrtElementType.Float16, 4L));
        float[] values = [0.1f, -65504f, 1e-6f, 3.14159274f];
        using OrtTensor<float> x = Floats(values);
        using OrtTensor<Half> y = OrtTensor.Zeros<Half>(Ort, 4);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal(values.Select(value => (Half)value), y.Span.ToArray());
    }

    [RequiresFact(Needs.Packages)]
    public void Scalars_and_empty_tensors_pass()
    {
        using OrtSession scalar = Open(TinyModel.OneNode("Identity", OrtElementType.Int64, [], "x"));
        using OrtTensor<long> x = Scalar(42), y = Scalar(0);
        scalar.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal(42, y.Span[0]);

        using OrtSession empty = Open(TinyModel.OneNode("Identity", OrtElementType.Float32, ["count"], "x"));
        using OrtTensor<float> none = OrtTensor.Zeros<float>(Ort, 0), nothing = OrtTensor.Zeros<float>(Ort, 0);
        empty.Run([("x", none)], [("y", nothing)], CancellationToken.None);
    }

    [RequiresFact(Needs.Packages)]
    public void One_session_runs_on_several_threads_at_once()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [64L], "a", "b"));
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using OrtTensor<float> a = OrtTensor.Zeros<float>(Ort, 64), y = OrtTensor.Zeros<float>(Ort, 64);
            for (int run = 0; run < 50; run++)
            {
                a.Span.Fill(i + run);
                session.Run([("a", a), ("b", a)], [("y", y)], CancellationToken.None);
                Assert.Equal(2 * (i + run), y.Span[63]);
            }
        });
    }

    [RequiresFact(Needs.Packages)]
    public void An_output_of_another_size_than_the_run_produces_is_an_error_with_both_shapes()
    {
        using OrtSession session = Open(TinyModel.NonZero(4));
        using OrtTensor<float> x = Floats(0, 1, 0, 1);
        using OrtTensor<long> y = OrtTensor.Zeros<long>(Ort, 1, 3);
        OnnxRuntimeException error =
            Assert.Throws<OnnxRuntimeException>(() => session.Run([("x", x)], [("y", y)], CancellationToken.None));
        Assert.Contains("{1,3}", error.Message, StringComparison.Ordinal);
        Assert.Contains("{1,2}", error.Message, StringComparison.Ordinal);
    }

    private static void Identity<T>(T[] values, OrtElementType type)
        where T : unmanaged
    {
        using OrtSession session = Open(TinyModel.OneNode("Identity", type, ["n"], "x"));
        using OrtTensor<T> x = OrtTensor.Over<T>(Ort, values, values.Length), y = OrtTensor.Zeros<T>(Ort, values.Length);
        session.Run([("x", x)], [("y", y)], CancellationToken.None);
        Assert.Equal(type, y.ElementType);
        Assert.Equal(values, y.Span.ToArray());
    }
}
