using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Denoising;
using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet;

/// <summary>The puppet opened for one segment.</summary>
internal sealed class PuppetSegmentModel(PuppetStage stage, MotionDenoiser denoiser) : ISegmentModel
{
    private readonly RowDecoder _decoder = new(stage);

    public int LatentLength => denoiser.LatentLength;

    public int DecodeBatch => 16;

    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken) =>
        denoiser.PredictVelocity(framesF, timestep, alphaBar, latentsFL, velocityFL, cancellationToken);

    /// <inheritdoc/>
    public void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken)
    {
        int frameBytes = stage.Size * stage.Size * 3;
        int count = latentsFL.Length / MotionParameter.Count;
        ArgumentOutOfRangeException.ThrowIfNotEqual(latentsFL.Length, count * MotionParameter.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbFHWC.Length, count * frameBytes);
        for (int frame = 0; frame < count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _decoder.Decode(latentsFL.Slice(frame * MotionParameter.Count, MotionParameter.Count), rgbFHWC.Slice(frame * frameBytes, frameBytes));
        }
    }

    public void Dispose()
    {
    }
}
