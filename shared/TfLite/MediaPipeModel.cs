namespace RenderFarm.TfLite;

/// <summary>Where a network lies in Google's npm packages.</summary>
/// <param name="Name">Also the name of the converted file, without <c>.onnx</c>.</param>
/// <param name="Package">npm name, with scope.</param>
/// <param name="PackageVersion">The version the hash belongs to.</param>
/// <param name="File">File of the package: the network itself, or several assets one after the other.</param>
/// <param name="Start">First byte of the network in the file.</param>
/// <param name="Length">Bytes of the network.</param>
/// <param name="Sha256">Of those bytes, lower-case hexadecimal.</param>
public sealed record MediaPipeModel(
    string Name, string Package, string PackageVersion, string File, long Start, int Length, string Sha256);
