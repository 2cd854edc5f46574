namespace RenderFarm.OnnxRuntime;

/// <summary>ONNX Runtime refused or failed. The message says what was being done and then carries ONNX Runtime's own text.</summary>
public sealed class OnnxRuntimeException(OrtErrorCode code, string message) : Exception(message)
{
    public OrtErrorCode Code { get; } = code;
}
