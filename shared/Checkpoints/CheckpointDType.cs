namespace RenderFarm.Checkpoints;

/// <summary>Element types a checkpoint may hold, under the names of the safetensors format.</summary>
public enum CheckpointDType
{
    F32 = 0,
    F16 = 1,
    BF16 = 2,
    F64 = 3,
    I64 = 4,
    I32 = 5,
    I16 = 6,
    I8 = 7,
    U8 = 8,
    Bool = 9,
}
