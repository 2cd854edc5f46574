using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

public sealed class BindingTests
{
    [RequiresFact(Needs.Packages)]
    public void A_binding_runs_again_and_again_over_the_same_memory()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [2L], "a", "b"));
        using OrtTensor<float> a = Floats(0, 1), b = Floats(1, 1);
        using OrtBinding binding = session.Bind().Input("a", a).Input("b", b).Output("y", a); // In place: a += b.
        for (int run = 0; run < 10; run++)
            binding.Run(CancellationToken.None);
        Assert.Equal([10f, 11], a.Span.ToArray());
    }

    [RequiresFact(Needs.Packages)]
    public void A_bound_tensor_can_be_replaced()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [1L], "x"));
        using OrtTensor<float> first = Floats(1), second = Floats(2), y = Floats(0), z = Floats(0);
        using OrtBinding binding = session.Bind().Input("x", first).Output("y", y);
        binding.Run(CancellationToken.None);
        binding.Input("x", second).Output("y", z).Run(CancellationToken.None);
        Assert.Equal((-1f, -2f), (y.Span[0], z.Span[0]));
    }

    [RequiresFact(Needs.Packages)]
    public void A_replaced_tensor_is_let_go()
    {
        using OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [4096L], "x"));
        using OrtTensor<float> kept = OrtTensor.Zeros<float>(Ort, 4096);
        float[] output = new float[4096];
        using OrtBinding binding = BindAndDispose(session, output);
        WeakReference memory = BindBriefly(binding);
        Assert.True(IsAliveAfterCollection(memory));
        binding.Input("x", kept);
        Assert.False(IsAliveAfterCollection(memory));
    }

    [RequiresFact(Needs.Packages)]
    public void Bound_memory_stays_where_it_is_when_tensor_and_session_are_disposed_and_memory_is_compacted()
    {
        OrtSession session = Open(TinyModel.OneNode("Neg", OrtElementType.Float32, [4096L], "x"));
        float[] output = new float[4096];
        OrtBinding binding = BindAndDispose(session, output);
        session.Dispose();
        for (int round = 0; round < 20; round++)
        {
            object[] garbage = [.. Enumerable.Range(0, 200).Select(size => new byte[(size % 17) * 997])];
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            binding.Run(CancellationToken.None);
            Assert.All(output, value => Assert.Equal(-3f, value));
            Array.Clear(output);
            GC.KeepAlive(garbage);
        }

        binding.Dispose();
    }

    [RequiresFact(Needs.Packages)]
    public void Each_of_several_bindings_of_one_session_runs_on_its_own_thread()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [64L], "a", "b"));
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using OrtTensor<float> a = OrtTensor.Zeros<float>(Ort, 64), y = OrtTensor.Zeros<float>(Ort, 64);
            using OrtBinding binding = session.Bind().Input("a", a).Input("b", a).Output("y", y);
            for (int run = 0; run < 200; run++)
            {
                a.Span.Fill(i + run);
                binding.Run(CancellationToken.None);
                Assert.Equal(2 * (i + run), y.Span[63]);
            }
        });
    }

    private static WeakReference BindBriefly(OrtBinding binding)
    {
        float[] memory = new float[4096];
        using OrtTensor<float> brief = OrtTensor.Over<float>(Ort, memory, 4096);
        binding.Input("x", brief);
        return new WeakReference(memory);
    }

    private static bool IsAliveAfterCollection(WeakReference memory)
    {
        GC.Collect();
        return memory.IsAlive;
    }

    private static OrtBinding BindAndDispose(OrtSession session, float[] output)
    {
        using OrtTensor<float> x = OrtTensor.Over<float>(Ort, Enumerable.Repeat(3f, 4096).ToArray(), 4096);
        using OrtTensor<float> y = OrtTensor.Over<float>(Ort, output, 4096);
        return session.Bind().Input("x", x).Output("y", y);
    }
}
