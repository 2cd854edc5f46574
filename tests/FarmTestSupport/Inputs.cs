using System.Text;

namespace RenderFarm.FarmTestSupport;

/// <summary>Small input files.</summary>
public static class Inputs
{
    /// <summary>A mono 16-bit WAV file of a tone that swells and fades twice a second, with a second of silence at its start.</summary>
    public static byte[] Wav(double seconds, int sampleRateHz = 16000)
    {
        int count = (int)Math.Round(seconds * sampleRateHz);
        using MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (count * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRateHz);
        writer.Write(sampleRateHz * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(count * 2);
        for (int i = 0; i < count; i++)
        {
            double t = (double)i / sampleRateHz;
            double swell = t < 1 ? 0 : 0.5 + (0.5 * Math.Sin(2 * Math.PI * 2 * t));
            writer.Write((short)(20000 * swell * Math.Sin(2 * Math.PI * 220 * t)));
        }

        return file.ToArray();
    }

    /// <summary>A picture in the PPM format.</summary>
    public static byte[] Picture(int width = 96, int height = 128)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i * 7);
        return [.. Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. pixels];
    }
}
