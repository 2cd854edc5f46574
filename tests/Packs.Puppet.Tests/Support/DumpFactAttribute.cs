namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>Not a check but a way to look: writes pictures to the folder named in RENDERFARM_DUMP, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DumpFactAttribute : FactAttribute
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("RENDERFARM_DUMP");

    public DumpFactAttribute() => Skip = Folder is null ? "Set RENDERFARM_DUMP to a folder to write pictures to look at." : null;
}
