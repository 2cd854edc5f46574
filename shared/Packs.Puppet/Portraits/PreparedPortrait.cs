using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using RenderFarm.Failures;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Storage;

namespace RenderFarm.Packs.Puppet.Portraits;

/// <summary>What a job's segments share of the portrait: two objects, <c>puppet.json</c> and the texture it names.</summary>
internal sealed record PreparedPortrait
{
    private const int Format = 1;
    private const string DocumentName = "puppet.json";
    private const string TextureName = "texture.rgb";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required int SizePixels { get; init; }

    /// <summary>In pixels of the video.</summary>
    public required PortraitFace Face { get; init; }

    /// <summary>(2·size)² × 3 bytes.</summary>
    public required byte[] TexelsRgb { get; init; }

    /// <summary>Of texture and face: equal for equal stages.</summary>
    public required string Fingerprint { get; init; }

    public static PreparedPortrait Of(int sizePixels, PortraitFace face, byte[] texelsRgb) => new()
    {
        SizePixels = sizePixels,
        Face = face,
        TexelsRgb = texelsRgb,
        Fingerprint = FingerprintOf(texelsRgb, Coordinates(face)),
    };

    public PuppetStage BuildStage() => new(new PuppetTexture(SizePixels, TexelsRgb), Face);

    /// <summary>The document goes last: where it is, the texture is too.</summary>
    public async Task WriteAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var document = new Document
        {
            Format = Format,
            SizePixels = SizePixels,
            Fingerprint = Fingerprint,
            Face = Coordinates(Face),
        };
        using var texture = new MemoryStream(TexelsRgb, writable: false);
        await store.PutAsync(prefix + TextureName, texture, cancellationToken);
        using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document, Json), writable: false);
        await store.PutAsync(prefix + DocumentName, text, cancellationToken);
    }

    public static async Task<PreparedPortrait> ReadAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        await using Stream text = await store.OpenReadAsync(prefix + DocumentName, cancellationToken);
        Document? document = await JsonSerializer.DeserializeAsync<Document>(text, Json, cancellationToken);
        if (document is not { Format: Format })
            throw new PermanentException("The job was prepared by another version of the puppet pack; start it again.");

        int side = PuppetTexture.Oversampling * document.SizePixels;
        byte[] texels = new byte[side * side * 3];
        await using Stream texture = await store.OpenReadAsync(prefix + TextureName, cancellationToken);
        int read = await texture.ReadAtLeastAsync(texels, texels.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < texels.Length || FingerprintOf(texels, document.Face) != document.Fingerprint)
            throw new TransientException($"The prepared portrait below '{prefix}' is damaged.");
        return new PreparedPortrait
        {
            SizePixels = document.SizePixels,
            Face = new PortraitFace([.. document.Face.Chunk(2).Select(xy => new Vector2(xy[0], xy[1]))]),
            TexelsRgb = texels,
            Fingerprint = document.Fingerprint,
        };
    }

    private static float[] Coordinates(PortraitFace face) =>
        [.. Enumerable.Range(0, PortraitFace.PointCount).SelectMany(i => new[] { face[i].X, face[i].Y })];

    private static string FingerprintOf(byte[] texelsRgb, float[] coordinates)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(texelsRgb);
        hash.AppendData(MemoryMarshal.AsBytes(coordinates.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Document
    {
        public required int Format { get; init; }

        public required int SizePixels { get; init; }

        /// <summary>SHA-256 of the texels and the coordinates.</summary>
        public required string Fingerprint { get; init; }

        /// <summary>x, y of every point in pixels of the video.</summary>
        public required float[] Face { get; init; }
    }
}
