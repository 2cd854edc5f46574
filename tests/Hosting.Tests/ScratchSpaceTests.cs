using RenderFarm.Failures;

namespace RenderFarm.Hosting.Tests;

public sealed class ScratchSpaceTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("scratch-tests-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Nothing_stays_behind_when_folder_and_space_are_disposed()
    {
        using (ScratchSpace space = ScratchSpace.Open(root))
        {
            using ScratchFolder folder = space.CreateFolder();
            File.WriteAllText(folder.File("frames.rgb"), "x");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_a_living_one_uses_stays()
    {
        string abandoned = Directory.CreateDirectory(Path.Combine(root, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(abandoned, "in-use"), ""); // the lock of a killed process is no longer held
        Directory.CreateDirectory(Path.Combine(abandoned, "segment"));
        string foreign = Directory.CreateDirectory(Path.Combine(root, "holiday-photos")).FullName;
        using ScratchSpace living = ScratchSpace.Open(root);
        using ScratchFolder inUse = living.CreateFolder();

        using ScratchSpace second = ScratchSpace.Open(root);

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(inUse.Path));
        Assert.True(Directory.Exists(foreign));
    }

    [Fact]
    public void A_root_that_cannot_be_written_is_a_sentence()
    {
        string file = Path.Combine(root, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith("The work folder", Assert.Throws<PermanentException>(() => ScratchSpace.Open(file)).Message, StringComparison.Ordinal);
    }
}
