namespace RenderFarm.TestSupport;

internal static class NeedsSkip
{
    /// <summary>The first reason why a test with these needs is skipped; null when it runs.</summary>
    public static string? Reason(Needs needs) =>
        (needs.HasFlag(Needs.Shared) ? SharedFolder.SkipReason : null)
        ?? (needs.HasFlag(Needs.Packages) ? NpmPackages.SkipReason : null);
}
