using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using RenderFarm.Failures;

namespace RenderFarm.Packs;

/// <summary>A pack on disk: a folder with <c>pack.json</c> (the manifest and the list of files) and the files it lists.</summary>
public sealed class PackFolder
{
    public const string ManifestFileName = "pack.json";

    // A pack lists a few dozen files; a larger document is not a manifest.
    private const int MaxManifestBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt field must not be silently without effect
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private PackFolder(string path, Document document)
    {
        Path = path;
        Manifest = document.Pack;
        Files = document.Files;
    }

    public string Path { get; }

    public PackManifest Manifest { get; }

    public IReadOnlyList<PackFile> Files { get; }

    /// <summary>Reads and checks <c>pack.json</c>; looks at no other file.</summary>
    /// <exception cref="PermanentException">The folder holds no valid manifest.</exception>
    public static PackFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string manifestPath = System.IO.Path.Combine(path, ManifestFileName);
        Document document = Parse(manifestPath, ReadAtMost(manifestPath));
        string? violation = PackManifestRules.FirstViolation(document.Pack) ?? document.Files.Select(FileViolation).FirstOrDefault(v => v is not null);
        if (violation is not null)
            throw new PermanentException($"The pack manifest '{manifestPath}' is not valid: {violation}");
        return new PackFolder(path, document);
    }

    /// <summary>Where a file of the pack lies.</summary>
    public string PathOf(PackFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return System.IO.Path.Combine([Path, .. file.Path.Split('/')]);
    }

    /// <summary>Compares every listed file with its size and SHA-256; yields one sentence for each that is missing or differs.</summary>
    public async IAsyncEnumerable<string> VerifyAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (PackFile file in Files)
        {
            if (await VerifyAsync(file, cancellationToken) is { } problem)
                yield return problem;
        }
    }

    private async Task<string?> VerifyAsync(PackFile file, CancellationToken cancellationToken)
    {
        FileInfo info = new(PathOf(file));
        if (!info.Exists)
            return $"'{file.Path}' is missing.";
        if (info.Length != file.SizeBytes)
            return $"'{file.Path}' has {info.Length} bytes instead of {file.SizeBytes}.";
        await using FileStream stream = info.OpenRead();
        string actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return actual == file.Sha256 ? null : $"'{file.Path}' has SHA-256 {actual} instead of {file.Sha256}.";
    }

    private static byte[] ReadAtMost(string manifestPath)
    {
        try
        {
            using FileStream stream = File.OpenRead(manifestPath);
            if (stream.Length > MaxManifestBytes)
                throw new PermanentException($"The pack manifest '{manifestPath}' is larger than {MaxManifestBytes} bytes.");
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The pack manifest '{manifestPath}' cannot be read; is this the folder of a pack?", e);
        }
    }

    private static Document Parse(string manifestPath, byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(bytes, Json)
                ?? throw new PermanentException($"The pack manifest '{manifestPath}' is empty.");
        }
        catch (JsonException e)
        {
            throw new PermanentException($"The pack manifest '{manifestPath}' is not valid: {e.Message}", e);
        }
    }

    private static string? FileViolation(PackFile file) =>
        file is null || file.Path.Split('/').Any(part => part is "" or "." or "..") || file.Path.AsSpan().ContainsAny('\\', ':', '\0')
            ? "a file's 'path' must be relative and stay inside the folder."
        : file.SizeBytes < 0 ? $"'{file.Path}' has a negative size."
        : file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower) ? $"'{file.Path}' needs a SHA-256 of 64 lower-case digits."
        : null;

    private sealed record Document
    {
        public required PackManifest Pack { get; init; }

        public IReadOnlyList<PackFile> Files { get; init; } = [];
    }
}
