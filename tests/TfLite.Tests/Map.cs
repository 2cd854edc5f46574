namespace RenderFarm.TfLite.Tests;

/// <summary>A picture of real numbers, height × width × channels: the form the plain reference computations use.</summary>
internal sealed class Map(int height, int width, int channels)
{
    public int Height { get; } = height;

    public int Width { get; } = width;

    public int Channels { get; } = channels;

    public float[] Data { get; } = new float[height * width * channels];

    public int[] Shape => [1, Height, Width, Channels];

    public float this[int y, int x, int c]
    {
        get => Data[(((y * Width) + x) * Channels) + c];
        set => Data[(((y * Width) + x) * Channels) + c] = value;
    }

    public static Map Random(int seed, int height, int width, int channels)
    {
        Map map = new(height, width, channels);
        Numbers.Random(seed, map.Data.Length).CopyTo(map.Data, 0);
        return map;
    }

    public static Map Compute(int height, int width, int channels, Func<int, int, int, float> value)
    {
        Map map = new(height, width, channels);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                    map[y, x, c] = value(y, x, c);
        return map;
    }
}
