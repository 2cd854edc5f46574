using Xunit;

namespace RenderFarm.TestSupport;

/// <summary>A fact over files of <see cref="SharedFolder"/>: skipped, with the reason, where that folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = NeedsSkip.Reason(Needs.Shared);
}
