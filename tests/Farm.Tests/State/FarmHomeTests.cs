using RenderFarm.Failures;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Tests.State;

public sealed class FarmHomeTests
{
    [Theory]
    [InlineData("RENDERFARM_HOME=/state XDG_DATA_HOME=/data HOME=/home/a", "/state")]
    [InlineData("RENDERFARM_HOME=state HOME=/home/a", "/here/state")]
    [InlineData("XDG_DATA_HOME=/data HOME=/home/a", "/data/renderfarm")]
    [InlineData("XDG_DATA_HOME=relative HOME=/home/a", "/home/a/.local/share/renderfarm")]
    [InlineData("HOME=/home/a", "/home/a/.local/share/renderfarm")]
    public void State_lies_where_the_variables_say(string variables, string folder) =>
        Assert.Equal(folder, FarmHome.From(Environment(variables), "/here").Folder);

    [Fact]
    public void Without_any_variable_the_user_is_told_which_to_set() =>
        Assert.Contains("RENDERFARM_HOME", Assert.Throws<PermanentException>(() => FarmHome.From(Environment(""), "/here")).Message, StringComparison.Ordinal);

    private static Func<string, string?> Environment(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return values.GetValueOrDefault;
    }
}
