namespace RenderFarm.OnnxRuntime;

/// <summary>Weight of a message from ONNX Runtime's log, numbered as in the C API.</summary>
public enum OrtSeverity
{
    Verbose = 0,
    Information = 1,
    Warning = 2,
    Error = 3,
    Fatal = 4,
}
