namespace RenderFarm.Architecture.Tests;

public sealed class ReferenceRules
{
    private static readonly string[] s_topLevelFolders = [".ci", "infra", "k8s", "services", "shared", "tests"];
    private static readonly string[] s_pictureLibraries = ["Media", "Imaging", "OnnxRuntime", "MediaPipe", "Packs", "Diffusion"];

    [Fact]
    public void Shared_libraries_reference_only_shared_libraries() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Area == "shared"
            from reference in project.ProjectReferences
            where !reference.StartsWith("shared/", StringComparison.Ordinal)
            select $"{project} -> {reference}");

    [Fact]
    public void A_service_references_no_service_except_that_the_command_line_composes_them() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Area == "services" && project.Folder != "services/Farm"
            from reference in project.ProjectReferences
            where !reference.StartsWith("shared/", StringComparison.Ordinal)
            select $"{project} -> {reference}");

    [Fact]
    public void Contracts_and_failures_reference_nothing() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Folder is "shared/Contracts" or "shared/Failures"
            from reference in project.ProjectReferences.Concat(project.Packages)
            select $"{project} -> {reference}");

    [Fact]
    public void Only_hosting_knows_the_message_bus() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Area != "tests" && project.Folder != "shared/Hosting"
            from file in project.SourceFiles()
            where File.ReadAllText(file).Contains("MassTransit;", StringComparison.Ordinal)
            select Path.GetRelativePath(SourceTree.Root, file));

    [Fact]
    public void Only_the_coordinator_has_a_database() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Area != "tests" && project.Folder is not ("services/Coordinator" or "services/Farm")
            where project.ProjectReferences.Any(reference => reference.StartsWith("shared/Data", StringComparison.Ordinal))
                && !project.Folder.StartsWith("shared/Data", StringComparison.Ordinal)
            select project.RelativePath);

    [Fact]
    public void The_coordinator_knows_no_pixels_models_or_ffmpeg() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Folder == "services/Coordinator"
            from reference in project.ProjectReferences
            where s_pictureLibraries.Any(part => reference.StartsWith($"shared/{part}", StringComparison.Ordinal))
            select $"{project} -> {reference}");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(SourceTree.Root, "RenderFarm.sln")).Replace('\\', '/');
        AssertNone(
            from project in SourceTree.Projects
            where !solution.Contains(project.RelativePath, StringComparison.Ordinal)
            select project.RelativePath);
    }

    [Fact]
    public void Every_shared_library_and_service_has_tests() =>
        AssertNone(
            from project in SourceTree.Projects
            where project.Area is "shared" or "services" && project.Folder != "shared/Failures"
            let tests = $"tests/{project.Folder.Split('/', 2)[1]}.Tests"
            where !Directory.Exists(Path.Combine(SourceTree.Root, tests))
            select $"{project}: {tests} is missing");

    [Fact]
    public void No_folder_is_a_dumping_ground() =>
        AssertNone(
            from project in SourceTree.Projects
            from file in project.SourceFiles()
            from part in Path.GetRelativePath(SourceTree.Root, file).Split('/', '.')
            where part is "Helpers" or "Helper" or "Utils" or "Util" or "Common" or "Misc"
            select Path.GetRelativePath(SourceTree.Root, file));

    [Fact]
    public void The_top_level_holds_only_the_agreed_folders() =>
        AssertNone(
            from folder in Directory.EnumerateDirectories(SourceTree.Root).Select(path => Path.GetFileName(path)!)
            where !s_topLevelFolders.Contains(folder) && folder is not (".git" or ".github" or "artifacts" or "out" or ".vs" or ".idea" or "node_modules")
            select folder);

    private static void AssertNone(IEnumerable<string> violations)
    {
        string[] found = [.. violations.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
