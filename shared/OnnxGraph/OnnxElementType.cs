namespace RenderFarm.OnnxGraph;

#pragma warning disable CA1720 // These are the names of onnx.proto.
/// <summary>Element types of tensors, with the numbers of onnx.proto's <c>TensorProto.DataType</c>.</summary>
public enum OnnxElementType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    BFloat16 = 16,
}
