namespace RenderFarm.TfLite;

/// <summary>Names from files in messages: there they may be long and hold anything.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Name(string name) => $"'{string.Concat(name.Take(Longest).Select(c => char.IsControl(c) ? ' ' : c))}'";
}
