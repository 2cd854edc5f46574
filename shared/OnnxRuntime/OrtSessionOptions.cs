using System.Collections.Immutable;

namespace RenderFarm.OnnxRuntime;

/// <summary>How a session computes. The defaults suit several workers that share the cores of one machine.</summary>
public sealed record OrtSessionOptions
{
    /// <summary><c>cpu</c>, or <c>cuda</c> with the rest of the graph on the CPU where CUDA has no kernel.</summary>
    public string Provider { get; init; } = OrtProviders.Cpu;

    /// <summary>Settings of the provider by ONNX Runtime's names, such as <c>device_id</c>. The CPU has none.</summary>
    public ImmutableDictionary<string, string> ProviderSettings { get; init; } = [];

    /// <summary>Threads of one run, the calling one included. 1 or more.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Lets idle threads burn their core for faster wake-up. Only for a process that has its cores to itself.</summary>
    public bool AllowSpinning { get; init; }

    public OrtOptimization Optimization { get; init; } = OrtOptimization.All;

    /// <summary>Plans the memory of a run from the run before. Wins when input shapes stay the same.</summary>
    public bool MemoryPattern { get; init; } = true;

    /// <summary>Keeps freed CPU memory for the next run instead of giving it back.</summary>
    public bool CpuArena { get; init; } = true;
}
