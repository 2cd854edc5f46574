using RenderFarm.Packs;

namespace RenderFarm.FarmTestSupport;

/// <summary>A denoiser that mixes the frames of its window, and a decoder that paints the latent over a gradient.</summary>
internal sealed class FakeModel(FakePack pack, FakeFault fault, SegmentContext context) : ISegmentModel
{
    private readonly int size = context.Settings.Encoding.SizePixels;
    private int evaluations;
    private long decodedFrames;

    public int LatentLength => 3;

    public int DecodeBatch => 5;

    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (fault == FakeFault.ThrowsWhenDenoising)
            throw new InvalidOperationException("The network has a hole.");
        if (fault == FakeFault.WaitsWhenDenoising && ++evaluations == 5)
            pack.Wait(cancellationToken);
        for (int channel = 0; channel < LatentLength; channel++)
        {
            float sum = 0;
            for (int f = 0; f < framesF.Length; f++)
                sum += latentsFL[(f * LatentLength) + channel];
            for (int f = 0; f < framesF.Length; f++)
            {
                int i = (f * LatentLength) + channel;
                velocityFL[i] = MathF.Sin(latentsFL[i] + (0.2f * sum) + (0.37f * framesF[f]) + (timestep * 0.001f));
            }
        }

        if (fault == FakeFault.YieldsNaN)
            velocityFL[^1] = float.NaN;
    }

    public void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken)
    {
        int frames = latentsFL.Length / LatentLength;
        for (int f = 0; f < frames; f++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (fault == FakeFault.ThrowsWhenDecoding && decodedFrames == 7)
                throw new InvalidOperationException("The decoder has a hole.");
            if (decodedFrames == 30)
                WaitInTheMiddle(cancellationToken);
            Paint(latentsFL.Slice(f * LatentLength, LatentLength), rgbFHWC.Slice(f * size * size * 3, size * size * 3));
            decodedFrames++;
        }
    }

    public void Dispose()
    {
    }

    private void WaitInTheMiddle(CancellationToken cancellationToken)
    {
        try
        {
            if (fault is FakeFault.WaitsWhenDecoding or FakeFault.FailsWhenCancelled)
                pack.Wait(cancellationToken);
        }
        catch (OperationCanceledException) when (fault == FakeFault.FailsWhenCancelled)
        {
            throw new InvalidOperationException("The device was taken away.");
        }
    }

    private void Paint(ReadOnlySpan<float> latentL, Span<byte> rgbHWC)
    {
        for (int i = 0; i < rgbHWC.Length; i++)
        {
            int pixel = i / 3;
            float light = 100 + (pixel % size) + (pixel / size * 0.5f) + (30 * MathF.Tanh(latentL[i % 3]));
            rgbHWC[i] = fault switch
            {
                FakeFault.YieldsBlack => 0,
                FakeFault.YieldsOnePicture => (byte)(i % 200),
                _ => (byte)light,
            };
        }
    }
}
