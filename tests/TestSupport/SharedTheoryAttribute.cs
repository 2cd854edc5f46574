using Xunit;

namespace RenderFarm.TestSupport;

/// <summary>A theory over files of <see cref="SharedFolder"/>: skipped, with the reason, where that folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = NeedsSkip.Reason(Needs.Shared);
}
