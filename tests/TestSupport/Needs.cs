namespace RenderFarm.TestSupport;

/// <summary>What a test needs beyond the checkout.</summary>
[Flags]
public enum Needs
{
    None = 0,

    /// <summary>Inputs and goldens: <see cref="SharedFolder"/>.</summary>
    Shared = 1,

    /// <summary>libonnxruntime and the MediaPipe networks: <see cref="NpmPackages"/>.</summary>
    Packages = 2,
}
