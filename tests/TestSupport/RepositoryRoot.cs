namespace RenderFarm.TestSupport;

/// <summary>The checkout the tests were built from: the nearest folder above the test binaries that holds the solution.</summary>
public static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "RenderFarm.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"No RenderFarm.sln in or above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
