namespace RenderFarm.Checkpoints;

/// <summary>Sizes of the element types.</summary>
public static class CheckpointDTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this CheckpointDType dtype) => dtype switch
    {
        CheckpointDType.F64 or CheckpointDType.I64 => 8,
        CheckpointDType.F32 or CheckpointDType.I32 => 4,
        CheckpointDType.F16 or CheckpointDType.BF16 or CheckpointDType.I16 => 2,
        _ => 1,
    };
}
