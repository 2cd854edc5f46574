using Xunit;

namespace RenderFarm.TestSupport;

/// <summary>A theory that is skipped, with the reason, where something it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(Needs needs)
    {
        Needs = needs;
        Skip = NeedsSkip.Reason(needs);
    }

    public Needs Needs { get; }
}
