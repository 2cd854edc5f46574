using System.Xml.Linq;
using RenderFarm.TestSupport;

namespace RenderFarm.Architecture.Tests;

/// <summary>The repository as files: projects and what they reference, read without building anything.</summary>
internal static class SourceTree
{
    public static string Root => RepositoryRoot.Folder;

    public static IReadOnlyList<Project> Projects { get; } =
        [.. new[] { "services", "shared", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Project.Read)];

    /// <summary>One project file: its path below the root and its direct references.</summary>
    internal sealed record Project(string RelativePath, IReadOnlyList<string> ProjectReferences, IReadOnlyList<string> Packages)
    {
        public string Area => RelativePath.Split('/')[0];

        public string Folder => Path.GetDirectoryName(RelativePath)!.Replace('\\', '/');

        public string Name => Path.GetFileNameWithoutExtension(RelativePath);

        public override string ToString() => RelativePath;

        public IEnumerable<string> SourceFiles() =>
            Directory.EnumerateFiles(Path.Combine(Root, Folder), "*.cs", SearchOption.AllDirectories);

        public static Project Read(string path)
        {
            XDocument document = XDocument.Load(path);
            IReadOnlyList<string> Includes(string element) => [.. document.Descendants(element).Select(e => e.Attribute("Include")?.Value).OfType<string>()];
            return new Project(
                Path.GetRelativePath(Root, path).Replace('\\', '/'),
                [.. Includes("ProjectReference").Select(reference =>
                    Path.GetRelativePath(Root, Path.GetFullPath(reference.Replace('\\', '/'), Path.GetDirectoryName(path)!)).Replace('\\', '/'))],
                Includes("PackageReference"));
        }
    }
}
