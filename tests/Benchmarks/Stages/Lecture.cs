using System.Runtime.InteropServices;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.TestSupport;

namespace RenderFarm.Benchmarks.Stages;

/// <summary>The demo's inputs, the sound repeated to any length.</summary>
internal static class Lecture
{
    private static string Demo => Path.Combine(RepositoryRoot.Folder, "services", "Farm", "Demo");

    public static Task<byte[]> PortraitAsync(CancellationToken cancellationToken) => File.ReadAllBytesAsync(Path.Combine(Demo, "portrait.png"), cancellationToken);

    /// <summary>A 16 kHz 16-bit WAV file.</summary>
    public static async Task<byte[]> SoundAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        using MemoryStream pcm = new();
        await new AudioDecoder(MediaTools.FromPath).DecodeAsync(Path.Combine(Demo, "lecture.opus"), pcm, cancellationToken);
        float[] once = MemoryMarshal.Cast<byte, float>(pcm.ToArray()).ToArray();
        int count = checked((int)(length.TotalSeconds * IPcmTrack.SampleRateHz));
        using MemoryStream file = new();
        await using BinaryWriter writer = new(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (count * sizeof(short)));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(IPcmTrack.SampleRateHz);
        writer.Write(IPcmTrack.SampleRateHz * sizeof(short));
        writer.Write((short)sizeof(short));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(count * sizeof(short));
        for (int i = 0; i < count; i++)
            writer.Write((short)Math.Clamp(once[i % once.Length] * short.MaxValue, short.MinValue, short.MaxValue));
        return file.ToArray();
    }
}
