namespace RenderFarm.Farm.Tests.Processes;

/// <summary>A theory about the built program: skipped, with the reason, where it has not been built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BuiltFarmTheoryAttribute : TheoryAttribute
{
    public BuiltFarmTheoryAttribute() => Skip = BuiltFarm.SkipReason;
}
