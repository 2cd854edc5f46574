using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;
using RenderFarm.Media;

namespace RenderFarm.Stitcher.Tests;

/// <summary>A stitcher alone, and the commands of one job.</summary>
internal sealed class StitcherFarm : IAsyncDisposable
{
    public const int Size = 32;
    public const int FrameBytes = Size * Size * 3;

    private StitcherFarm(TestFarm farm) => Farm = farm;

    public static VideoEncoding Lossless { get; } = new() { Codec = VideoCodec.Ffv1, Crf = 18, FrameRate = new FrameRate(24, 1), SizePixels = Size };

    public Guid JobId { get; } = Guid.NewGuid();

    public TestFarm Farm { get; }

    public EventLog Events => Farm.Events;

    public string WorkFolder => Path.Combine(Farm.Folder, "work");

    public IEnumerable<string> LeftFiles =>
        Directory.EnumerateFileSystemEntries(WorkFolder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetDirectoryName(path) != WorkFolder && Path.GetFileName(path) != "in-use");

    public static async Task<StitcherFarm> StartAsync() =>
        new(await TestFarm.StartAsync((services, folder) => services.AddStitcher(o => o.WorkFolder = Path.Combine(folder, "work"))));

    public static byte[] Frames(int count, int seed)
    {
        byte[] pixels = new byte[count * FrameBytes];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    public async Task<BlendBorder> ABorderAsync(byte[] left, byte[] right)
    {
        await Farm.PutAsync("left.rgb", left);
        await Farm.PutAsync("right.rgb", right);
        return new BlendBorder
        {
            JobId = JobId,
            BorderIndex = 3,
            Attempt = 2,
            Frames = new FrameRange(100, 100 + (left.Length / FrameBytes)),
            LeftKey = "left.rgb",
            RightKey = "right.rgb",
            Encoding = Lossless,
            OutputKey = "borders/3/2.mkv",
        };
    }

    public EncodeAudio AnAudio(int frameCount) => new()
    {
        JobId = JobId,
        Attempt = 1,
        AudioKey = "in/audio",
        FrameCount = frameCount,
        FrameRate = new FrameRate(24, 1),
        OutputKey = "track/1.m4a",
    };

    /// <summary>Two chunks, an audio track and their list are in the store.</summary>
    public async Task<MuxVideo> AVideoAsync(byte[] first, byte[] second)
    {
        await PutChunkAsync("chunks/0", first);
        await PutChunkAsync("chunks/1", second);
        await Farm.PutAsync("list.txt", "chunks/0\nchunks/1\n"u8.ToArray());
        int frameCount = (first.Length + second.Length) / FrameBytes;
        await Farm.PutAsync("in/audio", Inputs.Wav(frameCount / 24.0));
        await Farm.SendAsync(AnAudio(frameCount));
        return new MuxVideo
        {
            JobId = JobId,
            Attempt = 1,
            ChunkListKey = "list.txt",
            AudioTrackKey = (await Events.NextAsync<AudioEncoded>()).OutputKey,
            FrameCount = frameCount,
            Encoding = Lossless,
            Labels = new VideoLabels { Title = "A lecture", Generator = "test" },
            OutputKey = "output/1/video.mkv",
        };
    }

    public ValueTask DisposeAsync() => Farm.DisposeAsync();

    private async Task PutChunkAsync(string key, byte[] frames)
    {
        string path = Path.Combine(Farm.Folder, "chunk");
        await using (ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, Lossless, path))
        {
            for (int at = 0; at < frames.Length; at += FrameBytes)
                await encoder.WriteAsync(frames.AsMemory(at, FrameBytes), default);
            await encoder.FinishAsync(default);
        }

        await Farm.Store.PutFileAsync(key, path, default);
    }
}
