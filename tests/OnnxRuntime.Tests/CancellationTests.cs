using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

public sealed class CancellationTests
{
    private const long Forever = long.MaxValue / 2;

    [RequiresFact(Needs.Packages)]
    public async Task A_run_that_would_never_end_stops_and_the_session_goes_on()
    {
        using OrtSession session = Open(TinyModel.Loop(1024));
        using OrtTensor<long> trips = Scalar(Forever);
        using OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 1024), y = OrtTensor.Zeros<float>(Ort, 1024);
        x.Span.Fill(1);
        for (int round = 0; round < 3; round++)
        {
            trips.Span[0] = Forever;
            using var cancellation = new CancellationTokenSource();
            Task run = Task.Run(() => session.Run([("trips", trips), ("x", x)], [("y", y)], cancellation.Token));
            await Task.Delay(20 * round); // Cancelled before, at, or well after the start: all end the same way.
            await cancellation.CancelAsync();
            OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
            Assert.Equal(cancellation.Token, stopped.CancellationToken);

            trips.Span[0] = 9;
            session.Run([("trips", trips), ("x", x)], [("y", y)], CancellationToken.None);
            Assert.Equal(10, y.Span[1023]);
        }
    }

    [RequiresFact(Needs.Packages)]
    public async Task A_binding_that_would_never_end_stops_and_goes_on()
    {
        using OrtSession session = Open(TinyModel.Loop(1024));
        using OrtTensor<long> trips = Scalar(Forever);
        using OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 1024), y = OrtTensor.Zeros<float>(Ort, 1024);
        x.Span.Fill(1);
        using OrtBinding binding = session.Bind().Input("trips", trips).Input("x", x).Output("y", y);
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        Task run = Task.Run(() =>
        {
            started.SetResult();
            binding.Run(cancellation.Token);
        });
        await started.Task;
        await Task.Delay(50); // Long enough to be inside the native run most times; the outcome is the same if not.
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        trips.Span[0] = 4;
        binding.Run(CancellationToken.None);
        Assert.Equal(5, y.Span[0]);
    }

    [RequiresFact(Needs.Packages)]
    public async Task Stopping_one_run_leaves_a_run_beside_it_alone()
    {
        using OrtSession session = Open(TinyModel.Loop(64));
        using OrtTensor<long> forever = Scalar(Forever), some = Scalar(200_000);
        using OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 64), y = OrtTensor.Zeros<float>(Ort, 64), z = OrtTensor.Zeros<float>(Ort, 64);
        x.Span.Fill(1);
        using var cancellation = new CancellationTokenSource();
        Task stopped = Task.Run(() => session.Run([("trips", forever), ("x", x)], [("y", y)], cancellation.Token));
        Task beside = Task.Run(() => session.Run([("trips", some), ("x", x)], [("y", z)], CancellationToken.None));
        await Task.Delay(30);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await beside;
        Assert.Equal(200_001, z.Span[0]);
    }

    [RequiresFact(Needs.Packages)]
    public async Task A_binding_refuses_a_second_run_while_one_is_under_way()
    {
        using OrtSession session = Open(TinyModel.Loop(64));
        using OrtTensor<long> trips = Scalar(Forever);
        using OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 64), y = OrtTensor.Zeros<float>(Ort, 64);
        using OrtBinding binding = session.Bind().Input("trips", trips).Input("x", x).Output("y", y);
        using var cancellation = new CancellationTokenSource();
        Task[] runs = [Task.Run(() => binding.Run(cancellation.Token)), Task.Run(() => binding.Run(cancellation.Token))];
        Task refused = await Task.WhenAny(runs); // The one that runs never ends by itself.
        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runs.Single(run => run != refused));
    }

    [RequiresFact(Needs.Packages)]
    public async Task Disposing_everything_during_a_run_waits_for_the_run()
    {
        OrtSession session = Open(TinyModel.Loop(64));
        OrtTensor<long> trips = Scalar(300_000);
        OrtTensor<float> x = OrtTensor.Zeros<float>(Ort, 64), y = OrtTensor.Zeros<float>(Ort, 64);
        x.Span.Fill(1);
        OrtBinding binding = session.Bind().Input("trips", trips).Input("x", x).Output("y", y);
        var started = new TaskCompletionSource();
        Task run = Task.Run(() =>
        {
            started.SetResult();
            try
            {
                binding.Run(CancellationToken.None);
                return y.Span[0];
            }
            catch (ObjectDisposedException)
            {
                return 300_001; // Disposed before the run began.
            }
        });
        await started.Task;
        foreach (IDisposable part in new IDisposable[] { x, y, trips, binding, session })
            part.Dispose();
        Assert.Equal(300_001, await (Task<float>)run);
    }
}
