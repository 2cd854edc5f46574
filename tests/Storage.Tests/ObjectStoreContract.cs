using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Storage.Tests;

/// <summary>What every object store does. One subclass per store; each test gets an empty one.</summary>
public abstract class ObjectStoreContract
{
    protected abstract IObjectStore Store { get; }

    [Fact]
    public async Task What_was_put_is_what_is_read()
    {
        await PutAsync("jobs/1/a.bin", "hello");
        Assert.Equal("hello", await ReadAsync("jobs/1/a.bin"));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        await PutAsync("empty", "");
        Assert.Equal("", await ReadAsync("empty"));
        Assert.Equal(0, (await Store.StatAsync("empty", default))!.SizeBytes);
    }

    [Fact]
    public async Task Putting_again_replaces()
    {
        await PutAsync("a", "first and long");
        await PutAsync("a", "second");
        Assert.Equal("second", await ReadAsync("a"));
    }

    [Fact]
    public async Task A_reader_keeps_the_object_it_opened()
    {
        byte[] old = new byte[3_000_000];
        Array.Fill(old, (byte)1);
        await Store.PutAsync("a", new MemoryStream(old), default);
        await using Stream reading = await Store.OpenReadAsync("a", default);
        Assert.Equal(1, reading.ReadByte());

        await PutAsync("a", "new");

        using MemoryStream rest = new();
        await reading.CopyToAsync(rest);
        Assert.Equal(old.Length - 1, rest.Length);
        Assert.All(rest.ToArray(), b => Assert.Equal(1, b));
    }

    [Fact]
    public async Task A_put_that_fails_halfway_leaves_the_old_object()
    {
        await PutAsync("a", "old");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.PutAsync("a", new BreakingStream(2_500_000), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.PutAsync("b", new BreakingStream(2_500_000), default));
        Assert.Equal("old", await ReadAsync("a"));
        Assert.Equal(["a"], await KeysAsync(""));
    }

    [Fact]
    public async Task A_cancelled_put_leaves_nothing()
    {
        using CancellationTokenSource cancel = new();
        Task put = Store.PutAsync("a", new BreakingStream(2_500_000, cancel.Cancel), cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.Empty(await KeysAsync(""));
    }

    [Fact]
    public async Task Of_many_racers_one_puts_if_absent()
    {
        bool[] won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () => Store.PutIfAbsentAsync("race/prize", Bytes($"{i}"), default))));
        int winner = Assert.Single(Enumerable.Range(0, 16), i => won[i]);
        Assert.Equal($"{winner}", await ReadAsync("race/prize"));
    }

    [Fact]
    public async Task Put_if_absent_leaves_what_is_there()
    {
        await PutAsync("a", "old");
        Assert.False(await Store.PutIfAbsentAsync("a", Bytes("new"), default));
        Assert.Equal("old", await ReadAsync("a"));
    }

    [Theory]
    [InlineData(0, 4, "0123")]
    [InlineData(3, 4, "3456")]
    [InlineData(8, 4, "89")]
    [InlineData(10, 4, "")]
    [InlineData(99, 4, "")]
    [InlineData(3, 0, "")]
    [InlineData(0, long.MaxValue, "0123456789")]
    public async Task A_range_reads_what_of_it_exists(long offset, long count, string expected)
    {
        await PutAsync("a", "0123456789");
        await using Stream range = await Store.OpenReadAsync("a", offset, count, default);
        using StreamReader reader = new(range);
        Assert.Equal(expected, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_missing_object_is_named()
    {
        Assert.Null(await Store.StatAsync("no/such", default));
        Assert.Equal("no/such", (await Assert.ThrowsAsync<ObjectNotFoundException>(() => ReadAsync("no/such"))).Key);
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => Store.OpenReadAsync("no/such", 3, 4, default));
        using TempFolder temp = new();
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => Store.GetFileAsync("no/such", temp.File("x"), default));
        Assert.Empty(Directory.GetFiles(temp.Path));
        await Store.DeleteAsync("no/such", default);
    }

    [Fact]
    public async Task Files_go_in_and_come_out()
    {
        using TempFolder temp = new();
        await File.WriteAllTextAsync(temp.File("in"), "lecture");
        await Store.PutFileAsync("a/b", temp.File("in"), default);
        await File.WriteAllTextAsync(temp.File("out"), "is overwritten");
        await Store.GetFileAsync("a/b", temp.File("out"), default);
        Assert.Equal("lecture", await File.ReadAllTextAsync(temp.File("out")));
        Assert.Equal(2, Directory.GetFiles(temp.Path).Length);
    }

    [Fact]
    public async Task Stat_tells_size_and_time()
    {
        DateTimeOffset before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await PutAsync("a", "12345");
        ObjectInfo info = (await Store.StatAsync("a", default))!;
        Assert.Equal("a", info.Key);
        Assert.Equal(5, info.SizeBytes);
        Assert.InRange(info.LastModified, before, before.AddMinutes(5));
    }

    [Fact]
    public async Task A_folder_of_objects_is_no_object()
    {
        await PutAsync("a/b", "x");
        Assert.Null(await Store.StatAsync("a", default));
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => ReadAsync("a"));
        await Store.DeleteAsync("a", default);
        Assert.Equal(["a/b"], await KeysAsync(""));
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        await PutAsync("a/b", "x");
        await Store.DeleteAsync("a/b", default);
        Assert.Null(await Store.StatAsync("a/b", default));
        await PutAsync("a/b", "y");
        Assert.Equal("y", await ReadAsync("a/b"));
    }

    [Fact]
    public async Task Deleting_a_prefix_takes_exactly_what_starts_with_it()
    {
        foreach (string key in (string[])["j/1/a", "j/1/b/c", "j/10/a", "j/2", "k"])
            await PutAsync(key, key);
        await Store.DeletePrefixAsync("j/1/", default);
        Assert.Equal(["j/10/a", "j/2", "k"], await KeysAsync(""));
        await Store.DeletePrefixAsync("j/1", default);
        Assert.Equal(["j/2", "k"], await KeysAsync(""));
        await Store.DeletePrefixAsync("nothing/there/", default);
    }

    [Fact]
    public async Task Deleting_everything_by_an_empty_prefix_is_refused()
    {
        await PutAsync("a", "x");
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeletePrefixAsync("", default));
        Assert.Equal(["a"], await KeysAsync(""));
    }

    [Fact]
    public void Lists_are_complete_and_ordinal_for_any_set_of_keys_and_any_prefix() =>
        Prop.ForAll(
            Gen.ListOf(Keys.Generator).Select(keys => Keys.WithoutNesting(keys)).ToArbitrary(),
            Gen.Elements("", "a", "a/", "a/b", "B", "0.", "a-", "-/").ToArbitrary(),
            (keys, prefix) => ListsAsync(keys, prefix).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("a%2e%2e")]
    [InlineData("C:a")]
    public async Task Keys_that_break_the_rule_are_refused_everywhere(string key)
    {
        using TempFolder temp = new();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.PutAsync(key, Bytes("x"), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.PutIfAbsentAsync(key, Bytes("x"), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenReadAsync(key, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenReadAsync(key, 0, 1, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.GetFileAsync(key, temp.File("x"), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.StatAsync(key, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync(key, default));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a/../b")]
    [InlineData("a//")]
    [InlineData("*")]
    public async Task Prefixes_that_no_key_has_are_refused(string prefix)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => KeysAsync(prefix));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeletePrefixAsync(prefix, default));
    }

    protected static Stream Bytes(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    protected Task PutAsync(string key, string text) => Store.PutAsync(key, Bytes(text), default);

    protected async Task<string> ReadAsync(string key)
    {
        await using Stream stream = await Store.OpenReadAsync(key, default);
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }

    protected async Task<List<string>> KeysAsync(string prefix)
    {
        List<string> keys = [];
        await foreach (ObjectInfo found in Store.ListAsync(prefix, default))
            keys.Add(found.Key);
        return keys;
    }

    private async Task<bool> ListsAsync(IReadOnlyList<string> keys, string prefix)
    {
        string world = $"w{Guid.NewGuid():N}/";
        foreach (string key in keys)
            await PutAsync(world + key, key);
        List<string> expected = [.. keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(k => world + k)];
        List<string> listed = await KeysAsync(world + prefix);
        await Store.DeletePrefixAsync(world, default);
        return expected.SequenceEqual(listed) && (await KeysAsync(world)).Count == 0;
    }

    /// <summary>Gives some bytes, then breaks like a lost connection or cancels.</summary>
    private sealed class BreakingStream(int bytes, Action? cancel = null) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                return read;
            if (cancel is null)
                throw new InvalidOperationException("The source broke.");
            cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
