namespace RenderFarm.FarmTestSupport;

/// <summary>What is wrong with the model that <see cref="FakePack"/> opens.</summary>
public enum FakeFault
{
    None = 0,
    ThrowsWhenOpened,
    ThrowsWhenDenoising,
    ThrowsWhenDecoding,
    YieldsNaN,
    YieldsBlack,
    YieldsOnePicture,

    /// <summary>Stops in the middle of the denoising until the gate is opened or the work is cancelled.</summary>
    WaitsWhenDenoising,

    /// <summary>The same in the middle of the decoding, when half of the frames are written.</summary>
    WaitsWhenDecoding,

    /// <summary>The same, and what comes out of a cancelled wait is not a cancellation but an error.</summary>
    FailsWhenCancelled,
}
