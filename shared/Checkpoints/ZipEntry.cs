namespace RenderFarm.Checkpoints;

/// <summary>A stored (uncompressed) file inside a zip: where its bytes lie in the archive.</summary>
internal readonly record struct ZipEntry(string Name, long DataOffset, long Length);
