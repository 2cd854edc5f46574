namespace RenderFarm.TfLite;

/// <summary>Element types that occur in the networks read here, numbered as in TFLite's schema; others are kept as numbers.</summary>
internal enum TfLiteElementType
{
#pragma warning disable CA1720 // These are the names of the schema.
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    Int64 = 4,
#pragma warning restore CA1720
}
