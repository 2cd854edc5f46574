namespace RenderFarm.Contracts;

public enum FailureKind
{
    /// <summary>The surroundings failed; costs nothing and is retried with back-off.</summary>
    Infrastructure = 0,

    /// <summary>The work itself failed here; another worker may try.</summary>
    Rendering = 1,

    /// <summary>The input is bad; trying again cannot help.</summary>
    BadInput = 2,
}
