using RenderFarm.Failures;
using RenderFarm.TestSupport;
using static RenderFarm.OnnxRuntime.Tests.TestRuntime;

namespace RenderFarm.OnnxRuntime.Tests;

public sealed class LibraryTests
{
    [RequiresFact(Needs.Packages)]
    public void The_library_tells_its_version_and_is_loaded_once()
    {
        Assert.Equal(new Version(1, 30, 0), Ort.Version);
        Assert.Same(Ort, OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary));
        Assert.Contains("git-branch", Ort.BuildInfo, StringComparison.Ordinal);
        Assert.Equal(NpmPackages.OnnxRuntimeLibrary, OrtLibrary.InNodeModules(NpmPackages.Folder));
    }

    [Fact]
    public void An_explicit_path_wins_over_the_environment_and_the_environment_over_the_defaults()
    {
        Assert.Equal("/explicit", Find("/explicit", "/environment", "/default"));
        Assert.Equal("/environment", Find(null, "/environment", "/default"));
        Assert.Equal("/default", Find(null, null, "/default"));
        Assert.Equal("/default", Find("", "", "/absent", "/default"));
    }

    [Theory]
    [InlineData("/absent", "/environment")]
    [InlineData(null, "/absent")]
    public void A_named_path_that_does_not_exist_is_an_error_and_no_other_library_steps_in(string? named, string environment)
    {
        PermanentException error = Assert.Throws<PermanentException>(() => Find(named, environment, "/default"));
        Assert.Contains("/absent", error.Message, StringComparison.Ordinal);
        Assert.Contains("./farm doctor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_library_the_sentence_lists_the_places_and_what_to_do()
    {
        PermanentException error = Assert.Throws<PermanentException>(() => Find(null, null, "/absent", "/absent too"));
        Assert.StartsWith("ONNX Runtime's library is not at /absent or /absent too; run ./farm doctor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "/nowhere/libonnxruntime.so.1",
            Assert.Throws<PermanentException>(() => OrtRuntime.Load("/nowhere/libonnxruntime.so.1")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_library_is_refused_by_name()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "not a library");
            PermanentException error = Assert.Throws<PermanentException>(() => OrtRuntime.Load(file));
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_library_that_is_not_onnx_runtime_is_refused_by_name()
    {
        string other = Directory.GetFiles(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so")[0];
        Assert.Equal(
            $"{other} is a library but not ONNX Runtime; run ./farm doctor, which installs it.",
            Assert.Throws<PermanentException>(() => OrtRuntime.Load(other)).Message);
    }

    [Theory]
    [InlineData("1.20.0")]
    [InlineData("1.30.0")]
    [InlineData("1.31.2-dev")]
    [InlineData("1.30.0+cuda")]
    public void Versions_from_the_oldest_on_are_taken(string reported) =>
        Assert.Equal(Version.Parse(reported[..6]), OrtRuntime.CheckVersion("/lib", reported));

    [Theory]
    [InlineData("1.19.2")]
    [InlineData("2.0.0")]
    [InlineData("")]
    [InlineData("garbage")]
    public void Other_versions_are_refused_with_path_and_version(string reported) =>
        Assert.StartsWith(
            $"/lib is ONNX Runtime {reported}, but 1.20.0 or a later 1.x is needed",
            Assert.Throws<PermanentException>(() => OrtRuntime.CheckVersion("/lib", reported)).Message,
            StringComparison.Ordinal);

    private static string Find(string? named, string? environment, params string[] defaults) =>
        OrtLibrary.Find(named, environment, defaults, path => !path.StartsWith("/absent", StringComparison.Ordinal));
}
