using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RenderFarm.Failures;

namespace RenderFarm.Packs.Tests;

public sealed class PackFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("packs-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_whose_files_are_as_listed_verifies()
    {
        WriteManifest(AFile("models/unet.onnx", "weights"));
        PackFolder pack = PackFolder.Open(folder.FullName);
        Assert.Equal("echo", pack.Manifest.Name);
        Assert.Equal(1.5f, pack.Manifest.NoiseClamp);
        Assert.Equal(Path.Combine(folder.FullName, "models", "unet.onnx"), pack.PathOf(Assert.Single(pack.Files)));
        Assert.Empty(await Problems(pack));
    }

    [Fact]
    public async Task Each_missing_or_changed_file_is_named()
    {
        WriteManifest(AFile("a", "one"), AFile("b", "two"), AFile("c", "three"));
        File.Delete(Path.Combine(folder.FullName, "a"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b"), "tow");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "c"), "longer");
        Assert.Collection(
            await Problems(PackFolder.Open(folder.FullName)),
            problem => Assert.Equal("'a' is missing.", problem),
            problem => Assert.StartsWith("'b' has SHA-256", problem, StringComparison.Ordinal),
            problem => Assert.Equal("'c' has 6 bytes instead of 5.", problem));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("c:\\windows")]
    [InlineData("")]
    public void A_file_outside_the_folder_is_refused(string path)
    {
        JsonObject file = AFile("inside", "x");
        file["path"] = path;
        WriteManifest(file);
        AssertRefused("stay inside the folder");
    }

    [Fact]
    public void A_folder_without_a_manifest_is_refused() => AssertRefused("is this the folder of a pack?");

    [Theory]
    [InlineData("", "not valid")]
    [InlineData("null", "empty")]
    [InlineData("[1]", "not valid")]
    [InlineData("""{"pack":{"name":"x"}}""", "not valid")]
    [InlineData("""{"pack":null}""", "not valid")]
    public void A_document_that_is_no_manifest_is_refused(string json, string because)
    {
        File.WriteAllText(ManifestPath, json);
        AssertRefused(because);
    }

    [Fact]
    public void A_misspelt_field_is_refused()
    {
        WriteManifest();
        File.WriteAllText(ManifestPath, File.ReadAllText(ManifestPath).Replace("defaultSteps", "defaultStep", StringComparison.Ordinal));
        AssertRefused("defaultStep");
    }

    [Theory]
    [InlineData("""[null]""")]
    [InlineData("""[{"path":"a","sizeBytes":-1,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]""")]
    [InlineData("""[{"path":"a","sizeBytes":1,"sha256":"zz"}]""")]
    public void A_bad_file_entry_is_refused(string files)
    {
        WriteManifest();
        JsonObject document = JsonNode.Parse(File.ReadAllText(ManifestPath))!.AsObject();
        document["files"] = JsonNode.Parse(files);
        File.WriteAllText(ManifestPath, document.ToJsonString());
        AssertRefused("not valid");
    }

    private string ManifestPath => Path.Combine(folder.FullName, PackFolder.ManifestFileName);

    private void AssertRefused(string because) =>
        Assert.Contains(because, Assert.Throws<PermanentException>(() => PackFolder.Open(folder.FullName)).Message, StringComparison.Ordinal);

    private static async Task<List<string>> Problems(PackFolder pack)
    {
        List<string> problems = [];
        await foreach (string problem in pack.VerifyAsync(default))
            problems.Add(problem);
        return problems;
    }

    private JsonObject AFile(string path, string content)
    {
        string local = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, content);
        return new JsonObject
        {
            ["path"] = path,
            ["sizeBytes"] = content.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
        };
    }

    private void WriteManifest(params JsonObject[] files) => File.WriteAllText(ManifestPath, new JsonObject
    {
        ["pack"] = new JsonObject
        {
            ["name"] = "echo",
            ["version"] = "2.0",
            ["summary"] = "A network pack.",
            ["windowFrames"] = 12,
            ["windowOverlapFrames"] = 3,
            ["windowShiftFrames"] = 3,
            ["defaultSteps"] = 6,
            ["minSizePixels"] = 256,
            ["maxSizePixels"] = 768,
            ["sizeMultiplePixels"] = 8,
        },
        ["files"] = new JsonArray([.. files]),
    }.ToJsonString());
}
