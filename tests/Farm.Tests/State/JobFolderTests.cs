using RenderFarm.Failures;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Tests.State;

public sealed class JobFolderTests : IDisposable
{
    private readonly TempFolder temp = new();

    private FarmHome Home => new(temp.At("home"));

    public void Dispose() => temp.Dispose();

    [Fact]
    public void The_same_render_cannot_run_twice_at_once()
    {
        using JobFolder first = JobFolder.Open(Home, "key");
        PermanentException refused = Assert.Throws<PermanentException>(() => JobFolder.Open(Home, "key"));
        Assert.Contains("already running", refused.Message, StringComparison.Ordinal);
        using JobFolder other = JobFolder.Open(Home, "another-key");
    }

    [Fact]
    public void What_is_there_stays_for_the_next_run()
    {
        using (JobFolder first = JobFolder.Open(Home, "key"))
            File.WriteAllText(first.Database, "ledger");
        using JobFolder second = JobFolder.Open(Home, "key");
        Assert.Equal("ledger", File.ReadAllText(second.Database));
    }

    [Fact]
    public void Removing_leaves_nothing_behind_not_even_empty_folders()
    {
        using (JobFolder folder = JobFolder.Open(Home, "key"))
        {
            File.WriteAllText(folder.Log, "log");
            Directory.CreateDirectory(Path.Combine(folder.Objects, "a", "b"));
            folder.Remove();
        }

        Assert.Empty(temp.Contents());
    }

    [Fact]
    public void A_home_that_was_there_before_stays()
    {
        Directory.CreateDirectory(temp.At("home"));
        using (JobFolder folder = JobFolder.Open(Home, "key"))
            folder.Remove();
        Assert.Equal(["home"], temp.Contents());
    }

    [Fact]
    public void Removing_one_render_leaves_the_others()
    {
        using JobFolder other = JobFolder.Open(Home, "other");
        using (JobFolder folder = JobFolder.Open(Home, "key"))
            folder.Remove();
        Assert.Equal(["home", "home/jobs", "home/jobs/other", "home/jobs/other/in-use"], temp.Contents());
    }

    [Fact]
    public void A_state_folder_that_cannot_be_made_is_one_sentence_naming_the_variable()
    {
        temp.Write("home", "a file where the folder should be");
        PermanentException refused = Assert.Throws<PermanentException>(() => JobFolder.Open(Home, "key"));
        Assert.Contains("RENDERFARM_HOME", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_renders_that_begin_and_end_at_once_do_not_disturb_each_other()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), async (number, _) =>
        {
            await Task.Yield();
            using JobFolder folder = JobFolder.Open(Home, $"key-{number}");
            folder.Remove();
        });
        Assert.False(Directory.Exists(Home.Jobs));
    }
}
