using Xunit;

namespace RenderFarm.TestSupport;

/// <summary>A fact that is skipped, with the reason, where something it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(Needs needs)
    {
        Needs = needs;
        Skip = NeedsSkip.Reason(needs);
    }

    public Needs Needs { get; }
}
