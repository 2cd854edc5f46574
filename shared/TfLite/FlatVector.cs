namespace RenderFarm.TfLite;

/// <summary>A vector inside a <see cref="FlatBuffer"/>.</summary>
/// <param name="Position">Of the first element, in bytes from the start of the file.</param>
internal readonly record struct FlatVector(long Position, int Count, ReadOnlyMemory<byte> Elements);
