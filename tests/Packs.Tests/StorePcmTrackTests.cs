using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Packs.Tests;

public sealed class StorePcmTrackTests : IAsyncLifetime
{
    /// <summary>Three blocks and a piece, so that reads cross blocks and the last one is short.</summary>
    private const int SampleCount = (3 * StorePcmTrack.BlockSamples) + 1234;

    private const string Key = "job/audio.f32";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pcm-tests-");
    private readonly CountingStore store;

    public StorePcmTrackTests() => store = new CountingStore(new FolderObjectStore(folder.FullName));

    public async Task InitializeAsync() => await PutAsync(Key, SampleCount);

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Any_range_reads_as_it_is_stored_with_silence_around() =>
        Prop.ForAll(
            Gen.Choose(-100_000, SampleCount + 100_000).ToArbitrary(),
            Gen.Choose(0, 150_000).ToArbitrary(),
            (first, count) =>
            {
                using StorePcmTrack track = new(store, Key, SampleCount);
                float[] samples = new float[count];
                Array.Fill(samples, float.NaN);
                track.ReadAsync(first, samples, default).AsTask().GetAwaiter().GetResult();
                return Enumerable.Range(0, count).All(i => samples[i] == Expected((long)first + i));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Many_callers_at_once_get_their_own_ranges()
    {
        using StorePcmTrack track = new(store, Key, SampleCount);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            float[] samples = new float[5000];
            long first = (long)i * 6000;
            await track.ReadAsync(first, samples, default);
            Assert.Equal(Enumerable.Range(0, samples.Length).Select(k => Expected(first + k)), samples);
        })));
        Assert.Equal(3, store.Reads); // each block once
    }

    [Fact]
    public async Task Memory_and_requests_stay_bounded_on_a_long_track()
    {
        const int Blocks = StorePcmTrack.CachedBlocks + 5;
        await PutAsync("long", Blocks * StorePcmTrack.BlockSamples);
        using StorePcmTrack track = new(store, "long", Blocks * StorePcmTrack.BlockSamples);
        float[] sample = new float[1];
        for (int sweep = 0; sweep < 2; sweep++)
        {
            for (int block = 0; block < Blocks; block++)
            {
                await track.ReadAsync((long)block * StorePcmTrack.BlockSamples, sample, default);
                await track.ReadAsync(((long)block * StorePcmTrack.BlockSamples) + 99, sample, default);
            }
        }

        // Every block falls out before its second turn, because only the last ones are kept.
        Assert.Equal(2 * Blocks, store.Reads);
        Assert.Equal(StorePcmTrack.BlockSamples * sizeof(float), store.LargestRead);
    }

    [Fact]
    public async Task An_object_that_ends_early_is_told_and_the_track_goes_on_working()
    {
        using StorePcmTrack track = new(store, Key, SampleCount + 1);
        float[] sample = new float[1];
        await Assert.ThrowsAsync<TransientException>(() => track.ReadAsync(SampleCount, sample, default).AsTask());
        await track.ReadAsync(5, sample, default);
        Assert.Equal(Expected(5), sample[0]);
    }

    [Fact]
    public async Task A_missing_object_is_told()
    {
        using StorePcmTrack track = new(store, "absent", 10);
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => track.ReadAsync(0, new float[1], default).AsTask());
    }

    private static float Expected(long position) => position is < 0 or >= SampleCount ? 0 : position + 1;

    private async Task PutAsync(string key, int sampleCount)
    {
        byte[] bytes = new byte[sampleCount * sizeof(float)];
        Span<float> samples = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int i = 0; i < samples.Length; i++)
            samples[i] = i + 1;
        await store.PutAsync(key, new MemoryStream(bytes), default);
    }

    /// <summary>Counts the ranged reads that reach a real store.</summary>
    private sealed class CountingStore(IObjectStore inner) : IObjectStore
    {
        private int reads;

        public int Reads => reads;

        public long LargestRead { get; private set; }

        public Task<Stream> OpenReadAsync(string key, long offset, long count, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            LargestRead = Math.Max(LargestRead, count);
            return inner.OpenReadAsync(key, offset, count, cancellationToken);
        }

        public Task PutAsync(string key, Stream content, CancellationToken cancellationToken) => inner.PutAsync(key, content, cancellationToken);

        public Task PutFileAsync(string key, string localPath, CancellationToken cancellationToken) => inner.PutFileAsync(key, localPath, cancellationToken);

        public Task<bool> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken) => inner.PutIfAbsentAsync(key, content, cancellationToken);

        public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => inner.OpenReadAsync(key, cancellationToken);

        public Task GetFileAsync(string key, string localPath, CancellationToken cancellationToken) => inner.GetFileAsync(key, localPath, cancellationToken);

        public Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) => inner.StatAsync(key, cancellationToken);

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

        public Task DeletePrefixAsync(string prefix, CancellationToken cancellationToken) => inner.DeletePrefixAsync(prefix, cancellationToken);
    }
}
