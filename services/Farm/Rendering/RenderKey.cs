using System.Security.Cryptography;
using System.Text.Json;
using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Farm.Rendering;

/// <summary>
/// Names a render by everything that decides its result: the bytes of the inputs, the settings, and the program itself. The same command
/// finds what it left unfinished; any difference makes another render, so that no video is put together from two programs.
/// </summary>
internal sealed record RenderKey
{
    private RenderKey(byte[] hash)
    {
        Text = Convert.ToHexStringLower(hash.AsSpan(0, 16));
        JobId = new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public string Text { get; }

    public Guid JobId { get; }

    /// <exception cref="PermanentException">An input cannot be read.</exception>
    public static async Task<RenderKey> OfAsync(
        string portrait, string audio, RenderSettings settings, string title, TimeSpan? segmentLength, string program, CancellationToken cancellationToken) =>
        Of(await HashAsync("portrait", portrait, cancellationToken), await HashAsync("audio", audio, cancellationToken), settings, title, segmentLength, program);

    internal static RenderKey Of(string portraitHash, string audioHash, RenderSettings settings, string title, TimeSpan? segmentLength, string program)
    {
        byte[] everything = JsonSerializer.SerializeToUtf8Bytes(new { portraitHash, audioHash, settings, title, segmentLength, program });
        return new(SHA256.HashData(everything));
    }

    private static async Task<string> HashAsync(string role, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The {role} file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
