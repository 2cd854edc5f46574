using RenderFarm.Failures;

namespace RenderFarm.Storage.Tests;

public sealed class FolderObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FolderObjectStore store;

    public FolderObjectStoreTests() => store = new(folder.Path);

    protected override IObjectStore Store => store;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Leftovers_of_crashed_puts_are_no_objects_and_can_be_deleted()
    {
        string leftover = folder.File("incoming/crashed.partial");
        await File.WriteAllTextAsync(leftover, "half");
        File.SetLastWriteTimeUtc(leftover, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await File.WriteAllTextAsync(folder.File("incoming/going-on.partial"), "half");

        Assert.Empty(await KeysAsync(""));
        Assert.Equal(1, store.DeleteLeftovers(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(["going-on.partial"], Directory.GetFiles(folder.File("incoming")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Nothing_but_objects_is_left_behind()
    {
        await PutAsync("a/b/c", "x");
        await Store.PutIfAbsentAsync("a/b/c", Bytes("y"), default);
        await Store.PutIfAbsentAsync("a/b/d", Bytes("y"), default);
        await Store.DeletePrefixAsync("a/", default);
        Assert.Equal(["incoming", "objects"], Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Links_do_not_lead_out_of_the_store()
    {
        using TempFolder outside = new();
        await File.WriteAllTextAsync(outside.File("secret"), "secret");
        File.CreateSymbolicLink(folder.File("objects/file"), outside.File("secret"));
        Directory.CreateSymbolicLink(folder.File("objects/dir"), outside.Path);

        Assert.Empty(await KeysAsync(""));
        Assert.Empty(await KeysAsync("dir/"));
        await Assert.ThrowsAsync<PermanentException>(() => ReadAsync("file"));
        await Assert.ThrowsAsync<PermanentException>(() => ReadAsync("dir/secret"));
        await Assert.ThrowsAsync<PermanentException>(() => PutAsync("dir/new", "x"));
        await Assert.ThrowsAsync<PermanentException>(() => Store.DeleteAsync("dir/secret", default));
        await Store.DeletePrefixAsync("dir/", default);
        Assert.Equal("secret", await File.ReadAllTextAsync(outside.File("secret")));
        Assert.Single(Directory.GetFiles(outside.Path));
    }

    [Fact]
    public async Task Objects_and_keys_below_them_are_refused_not_mixed_up()
    {
        await PutAsync("a", "x");
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync("a/b", "y"));
        await PutAsync("c/d", "x");
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync("c", "y"));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync("c", Bytes("y"), default));
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => ReadAsync("a/b"));
        Assert.Null(await Store.StatAsync("a/b", default));
        await Store.DeleteAsync("a/b", default);
        Assert.Equal(["a", "c/d"], await KeysAsync(""));
        Assert.Empty(Directory.GetFiles(folder.File("incoming")));
    }

    [Fact]
    public async Task Putting_and_deleting_in_one_folder_at_once_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await PutAsync($"shared/folder/{worker}", "x");
                Assert.Equal("x", await ReadAsync($"shared/folder/{worker}"));
                await Store.DeleteAsync($"shared/folder/{worker}", default);
            }
        })));
        Assert.Empty(await KeysAsync(""));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_with_what_to_do()
    {
        File.WriteAllText(folder.File("taken"), "");
        Exception failure = Assert.ThrowsAny<Exception>(() => new FolderObjectStore(folder.File("taken/store")));
        Assert.Contains(folder.File("taken/store"), failure.Message, StringComparison.Ordinal);
    }

    [SmallDiskFact]
    public async Task A_put_that_fills_the_disk_says_so_and_leaves_the_disk_as_it_was()
    {
        using SmallDisk disk = new();
        FolderObjectStore small = new(disk.Path);
        await small.PutAsync("a", Bytes("old"), default);

        PermanentException failure = await Assert.ThrowsAsync<PermanentException>(
            () => small.PutAsync("a", new MemoryStream(new byte[3_000_000]), default));

        Assert.Equal($"The disk of the folder '{disk.Path}' is full; free some space and start again.", failure.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Path, "incoming")));
        Assert.Equal(3, (await small.StatAsync("a", default))!.SizeBytes);
        await small.PutAsync("b", Bytes("fits again"), default);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    public void A_full_disk_is_for_a_person_to_solve(int errno)
    {
        Exception failure = FolderFailure.From(new IOException("no space", errno), "/data");
        Assert.IsType<PermanentException>(failure);
        Assert.Equal("The disk of the folder '/data' is full; free some space and start again.", failure.Message);
    }

    [Fact]
    public void A_failing_disk_may_work_again() =>
        Assert.IsType<TransientException>(FolderFailure.From(new IOException("input/output error", 5), "/data"));
}
