using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.Storage;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

public class PuppetPackTests
{
    [Fact]
    public void The_manifest_is_valid() => Assert.Null(PackManifestRules.FirstViolation(PuppetPack.TheManifest));

    [SharedFact]
    public async Task Frames_do_not_depend_on_where_a_segment_begins()
    {
        using PuppetJob job = PuppetJob.Of("0035", RealInputs.Speech("good"), size: 128);
        await job.PrepareAsync();
        float[] whole = await job.DenoiseAsync(new FrameRange(0, job.FrameCount));
        float[] part = await job.DenoiseAsync(new FrameRange(37, 61));
        Assert.Equal(whole[(37 * MotionParameter.Count)..(61 * MotionParameter.Count)], part);
        Assert.Equal((await job.RenderAsync(new FrameRange(0, 60)))[40], (await job.RenderAsync(new FrameRange(40, 41)))[0]);
    }

    [SharedFact]
    public async Task Frames_do_not_depend_on_the_batch()
    {
        using PuppetJob job = PuppetJob.Of("0035", RealInputs.Speech("good"), size: 128);
        await job.PrepareAsync();
        float[] latents = await job.DenoiseAsync(new FrameRange(20, 25));
        using ISegmentModel model = await job.OpenAsync(new FrameRange(20, 25));
        const int FrameBytes = 128 * 128 * 3;
        byte[] together = new byte[5 * FrameBytes];
        model.Decode(20, latents, together, CancellationToken.None);
        for (int frame = 4; frame >= 0; frame--)
        {
            byte[] alone = new byte[FrameBytes];
            model.Decode(20 + frame, latents.AsSpan(frame * model.LatentLength, model.LatentLength), alone, CancellationToken.None);
            Assert.Equal(together[(frame * FrameBytes)..((frame + 1) * FrameBytes)], alone);
        }
    }

    [SharedFact]
    public async Task Preparing_again_stores_the_same_bytes()
    {
        using PuppetJob job = PuppetJob.Of("0014", RealInputs.Speech("news"), size: 128);
        await job.PrepareAsync();
        Dictionary<string, byte[]> first = await ObjectsAsync(job.Store);
        await job.PrepareAsync();
        Dictionary<string, byte[]> second = await ObjectsAsync(job.Store);
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, stored => Assert.Equal(stored.Value, second[stored.Key]));
        Assert.All(first.Keys, key => Assert.StartsWith(PuppetJob.Prefix, key, StringComparison.Ordinal));
    }

    [SharedFact]
    public async Task A_silent_recording_renders_with_a_shut_mouth_and_says_so()
    {
        using PuppetJob job = PuppetJob.Of("0035", new float[16000], size: 128);
        PackPreparation preparation = await job.PrepareAsync();
        Assert.Contains(preparation.Warnings, warning => warning.Contains("nothing to hear", StringComparison.Ordinal));
        float[] open = Latents.Track(await job.DenoiseAsync(new FrameRange(0, job.FrameCount)), MotionParameter.MouthOpen);
        Assert.All(open, value => Assert.InRange(value, -0.06f, 0.06f));
    }

    [SharedFact]
    public async Task Of_several_faces_the_largest_is_used_with_a_warning()
    {
        Faces.PortraitFace face = RealInputs.GoldenFace("0035");
        using var job = new PuppetJob(face.Transformed(0.4f, new(500, 400)), face)
        {
            Portrait = RealInputs.Portrait("0035"),
            Samples = RealInputs.Speech("good"),
            Settings = PuppetJob.SettingsOf(24, 128),
        };
        PackPreparation preparation = await job.PrepareAsync();
        Assert.Contains("The portrait shows 2 faces; the largest one is used.", preparation.Warnings);
    }

    [Fact]
    public async Task A_portrait_without_a_face_is_refused_with_advice()
    {
        PermanentException refusal = await RefusalAsync(Grey(400, 300));
        Assert.StartsWith("No face was found in the portrait;", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tiny_portrait_is_refused_with_its_size()
    {
        PermanentException refusal = await RefusalAsync(Grey(20, 30));
        Assert.Equal("The portrait has only 20 x 30 pixels; use one of at least 200 x 200.", refusal.Message);
    }

    [SharedFact]
    public async Task A_face_too_small_for_the_video_is_refused()
    {
        PermanentException refusal = await RefusalAsync(Grey(4000, 4000), RealInputs.GoldenFace("0035").Transformed(0.5f, default));
        Assert.Contains("cut the portrait to head and shoulders", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(1040)]
    [InlineData(250)]
    public async Task A_size_outside_the_manifest_is_refused(int size) =>
        Assert.Contains("pixels", (await RefusalAsync(Grey(400, 400), size: size)).Message, StringComparison.Ordinal);

    private static RgbImage Grey(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)128);
        return new RgbImage(width, height, pixels);
    }

    private static async Task<PermanentException> RefusalAsync(RgbImage portrait, Faces.PortraitFace? face = null, int size = 128)
    {
        using var job = new PuppetJob(face is null ? [] : [face]) { Portrait = portrait, Samples = new float[16000], Settings = PuppetJob.SettingsOf(24, size) };
        PermanentException refusal = await Assert.ThrowsAsync<PermanentException>(job.PrepareAsync);
        Assert.Empty(await ObjectsAsync(job.Store));
        return refusal;
    }

    private static async Task<Dictionary<string, byte[]>> ObjectsAsync(IObjectStore store)
    {
        var objects = new Dictionary<string, byte[]>();
        await foreach (ObjectInfo info in store.ListAsync("", CancellationToken.None))
        {
            await using Stream stream = await store.OpenReadAsync(info.Key, CancellationToken.None);
            using var buffer = new MemoryStream();
            await stream.CopyToAsync(buffer);
            objects[info.Key] = buffer.ToArray();
        }

        return objects;
    }
}
