namespace RenderFarm.Farm.Tests.Processes;

/// <summary>A fact about the built program: skipped, with the reason, where it has not been built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BuiltFarmFactAttribute : FactAttribute
{
    public BuiltFarmFactAttribute() => Skip = BuiltFarm.SkipReason;
}
