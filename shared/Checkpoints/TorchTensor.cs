namespace RenderFarm.Checkpoints;

/// <summary>A tensor as the pickle describes it, before its storage is looked up.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long OffsetElements, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    /// <summary>Whether the elements follow each other in row-major order; sides of length 1 may have any stride.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int axis = Shape.Count - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                    return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }
}
