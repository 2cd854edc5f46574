namespace RenderFarm.Worker;

/// <summary>Where the built-in packs find what they need. Configuration section <c>Packs</c>.</summary>
public sealed class PackOptions
{
    /// <summary>The folder of the imported networks.</summary>
    public string ModelsFolder { get; set; } =
        Environment.GetEnvironmentVariable("RENDERFARM_MODELS") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The file of ONNX Runtime's library; empty to look for it in the usual places.</summary>
    public string OnnxRuntimeLibrary { get; set; } = "";
}
