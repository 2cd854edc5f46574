namespace RenderFarm.Farm.Tests.Processes;

public sealed class StartTests : IDisposable
{
    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [BuiltFarmFact]
    public async Task The_version_is_one_line_on_the_output()
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, "--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", result.Output);
        Assert.Empty(result.Error);
        Assert.Empty(home.Contents());
    }

    [BuiltFarmFact]
    public async Task A_wrong_option_ends_with_exit_code_2_and_no_output()
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, "render", "--what");
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [BuiltFarmFact]
    public async Task The_packs_that_come_with_the_program_are_listed()
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, "packs", "list");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("puppet", result.Output, StringComparison.Ordinal);
    }

    [BuiltFarmFact]
    public async Task The_face_of_the_sample_portrait_is_found()
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, "face", Samples.Portrait, "--json");
        Assert.Equal(0, result.ExitCode);
        using System.Text.Json.JsonDocument found = System.Text.Json.JsonDocument.Parse(result.Output);
        System.Text.Json.JsonElement face = Assert.Single(found.RootElement.GetProperty("faces").EnumerateArray());
        Assert.Equal(478, face.GetProperty("points").GetArrayLength());
    }
}
