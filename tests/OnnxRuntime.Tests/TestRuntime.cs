using RenderFarm.TestSupport;

namespace RenderFarm.OnnxRuntime.Tests;

internal static class TestRuntime
{
    public static OrtRuntime Ort => OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary);

    public static OrtSession Open(byte[] model, OrtSessionOptions? options = null) => Ort.Open(model, "tiny", options);

    public static OrtTensor<float> Floats(params float[] values) => OrtTensor.Over<float>(Ort, values, values.Length);

    public static OrtTensor<long> Scalar(long value) => OrtTensor.Over<long>(Ort, new[] { value });
}
