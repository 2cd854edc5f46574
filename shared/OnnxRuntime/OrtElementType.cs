using System.Diagnostics.CodeAnalysis;

namespace RenderFarm.OnnxRuntime;

/// <summary>Element types of ONNX tensors, numbered as in the C API. Tensors can be made of those <see cref="OrtTensor"/> lists.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are types.")]
public enum OrtElementType
{
    Undefined = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
}
