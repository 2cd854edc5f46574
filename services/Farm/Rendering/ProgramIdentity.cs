using System.Security.Cryptography;

namespace RenderFarm.Farm.Rendering;

/// <summary>Changes whenever the program does.</summary>
internal static class ProgramIdentity
{
    /// <summary>Hash of the program's own assemblies (not of its packages, whose versions are pinned by them).</summary>
    public static async Task<string> OfAsync(string folder, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> assemblies = Directory.EnumerateFiles(folder, "RenderFarm.*.dll").Append(Path.Combine(folder, "farm.dll"));
        foreach (string assembly in assemblies.Where(File.Exists).Order(StringComparer.Ordinal))
            hash.AppendData(await File.ReadAllBytesAsync(assembly, cancellationToken));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
