using RenderFarm.Packs;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>A real pack on a bad day: later segments open sooner, so that they finish in another order, and one frame fails the first time.</summary>
internal sealed class TroubledPack(IModelPack pack, long failingFrame) : IModelPack
{
    private int _failures;

    public int Failures => _failures;

    public PackManifest Manifest => pack.Manifest;

    public Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken) => pack.PrepareAsync(context, cancellationToken);

    public async Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken)
    {
        // Of two segments that are taken together the earlier one starts late.
        bool isEven = context.Frames.First / 72 % 2 == 0;
        await Task.Delay(isEven ? TimeSpan.FromSeconds(1.5) : TimeSpan.Zero, cancellationToken);
        return new Model(this, await pack.OpenAsync(context, cancellationToken));
    }

    public void Dispose() => pack.Dispose();

    private sealed class Model(TroubledPack owner, ISegmentModel model) : ISegmentModel
    {
        public int LatentLength => model.LatentLength;

        public int DecodeBatch => model.DecodeBatch;

        public void PredictVelocity(
            ReadOnlySpan<long> framesF, int timestep, double alphaBar, ReadOnlySpan<float> latentsFL, Span<float> velocityFL, CancellationToken cancellationToken) =>
            model.PredictVelocity(framesF, timestep, alphaBar, latentsFL, velocityFL, cancellationToken);

        public void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken)
        {
            bool isIts = firstFrame <= owner.FailingFrame && owner.FailingFrame < firstFrame + (latentsFL.Length / LatentLength);
            if (isIts && Interlocked.Increment(ref owner._failures) == 1)
                throw new InvalidOperationException("This worker fails once.");
            model.Decode(firstFrame, latentsFL, rgbFHWC, cancellationToken);
        }

        public void Dispose() => model.Dispose();
    }

    private long FailingFrame => failingFrame;
}
