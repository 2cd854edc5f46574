using System.Globalization;
using System.Runtime.InteropServices;
using RenderFarm.OnnxRuntime.Native;
using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

/// <summary>Memory figures are of the whole process, so nothing runs beside these.</summary>
[CollectionDefinition(nameof(CostTests), DisableParallelization = true)]
[Collection(nameof(CostTests))]
public sealed partial class CostTests
{
    [RequiresFact(Needs.Packages)]
    public void A_run_allocates_nothing_managed()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [4L], "a", "b"));
        using OrtTensor<float> a = Floats(1, 2, 3, 4), b = Floats(1, 1, 1, 1), y = Floats(0, 0, 0, 0);
        using OrtBinding binding = session.Bind().Input("a", a).Input("b", b).Output("y", y);
        using var cancellation = new CancellationTokenSource();
        Assert.Equal(0, AllocatedBy(() => session.Run([("a", a), ("b", b)], [("y", y)], cancellation.Token)));
        Assert.Equal(0, AllocatedBy(() => binding.Run(cancellation.Token)));
        Assert.Equal(0, AllocatedBy(() => binding.Input("a", b).Input("a", a)));
    }

    [RequiresFact(Needs.Packages)]
    public void A_hundred_thousand_create_run_dispose_cycles_leak_nothing()
    {
        using OrtSession session = Open(TinyModel.OneNode("Add", OrtElementType.Float32, [64L], "a", "b"));
        AssertSteady(100_000, () =>
        {
            using OrtTensor<float> a = OrtTensor.Over<float>(Ort, new float[64], 64), y = OrtTensor.Over<float>(Ort, new float[64], 64);
            using OrtBinding binding = session.Bind().Input("a", a).Input("b", a).Output("y", y);
            binding.Run(CancellationToken.None);
            session.Run([("a", a), ("b", y)], [("y", y)], CancellationToken.None);
        });
    }

    [RequiresFact(Needs.Packages)]
    public void Opening_sessions_again_and_again_leaks_nothing()
    {
        string name = new('x', 500); // Long, so that a lost copy of it would show.
        byte[] model = TinyModel.OneNode("Neg", OrtElementType.Float32, [16L], name);
        AssertSteady(5_000, () =>
        {
            using OrtSession session = Open(model);
            using OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 16);
            session.Run([(name, x)], [("y", x)], CancellationToken.None);
        });
    }

    [RequiresFact(Needs.Packages)]
    public void Objects_nobody_disposed_are_released_by_the_garbage_collector()
    {
        byte[] model = TinyModel.AddWeights(new float[16]);
        AssertSteady(20, () =>
        {
            for (int i = 0; i < 50; i++)
                Abandon(model);
            Collect();
        });
    }

    private static void Abandon(byte[] model)
    {
        OrtSession session = Open(model);
        OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 16);
        session.Bind().Input("x", x).Output("y", x).Run(CancellationToken.None);
    }

    private static long AllocatedBy(Action act)
    {
        for (int warmUp = 0; warmUp < 200; warmUp++)
            act();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1_000; run++)
            act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>
    /// Every native object is released again, and memory does not grow with the rounds. The .NET runtime uses the native heap
    /// too, in fits and starts, so one steady attempt of three is enough: a leak grows in all of them.
    /// </summary>
    private static void AssertSteady(int rounds, Action round)
    {
        const long Slack = 2 << 20; // Under 21 bytes a round in 100,000.
        for (int i = 0; i < rounds / 10; i++)
            round();
        var growth = new List<string>();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            (long resident, long native) = InUse();
            long alive = NativeObject.Alive;
            for (int i = 0; i < rounds; i++)
                round();
            Assert.Equal(alive, NativeObject.Alive);
            (long residentAfter, long nativeAfter) = InUse();
            if (nativeAfter - native < Slack && residentAfter - resident < 2 * Slack)
                return;
            growth.Add($"{nativeAfter - native:N0} bytes native, {residentAfter - resident:N0} resident");
        }

        Assert.Fail($"{rounds} rounds grew by {string.Join("; again by ", growth)}.");
    }

    private static (long Resident, long Native) InUse()
    {
        Collect();
        MallocInfo malloc = mallinfo2();
        _ = malloc_trim(0);
        string pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return (long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize, (long)(malloc.InUse + malloc.Mapped));
    }

    /// <summary>Three times: the finalizer of a binding frees what the finalizer of its session could not yet.</summary>
    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Bytes handed out by the C library, to the byte.</summary>
    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocInfo mallinfo2();

    /// <summary>Gives back what the C library has free but keeps for reuse: that is no leak.</summary>
    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int malloc_trim(nuint pad);

    /// <summary>glibc's struct mallinfo2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        private readonly nuint _arena, _ordblks, _smblks, _hblks;
        public readonly nuint Mapped;
        private readonly nuint _usmblks, _fsmblks;
        public readonly nuint InUse;
        private readonly nuint _fordblks, _keepcost;
    }
}
