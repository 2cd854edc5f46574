using System.Runtime.InteropServices;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>
/// The functions of ONNX Runtime's C API that this binding calls. The native table only ever grows at its end, so a slot
/// number holds for every version from the one that introduced it. Objects are opaque pointers; a status of 0 is success.
/// </summary>
internal sealed unsafe class OrtApi(nint* table)
{
    public readonly delegate* unmanaged<nint, int> GetErrorCode = (delegate* unmanaged<nint, int>)table[1];
    public readonly delegate* unmanaged<nint, byte*> GetErrorMessage = (delegate* unmanaged<nint, byte*>)table[2];
    public readonly delegate* unmanaged<nint, void> ReleaseStatus = (delegate* unmanaged<nint, void>)table[93];

    /// <summary>(logger, its argument, lowest severity, log id, out env)</summary>
    public readonly delegate* unmanaged<delegate* unmanaged<nint, int, byte*, byte*, byte*, byte*, void>, nint, int, byte*, nint*, nint>
        CreateEnvWithCustomLogger =
            (delegate* unmanaged<delegate* unmanaged<nint, int, byte*, byte*, byte*, byte*, void>, nint, int, byte*, nint*, nint>)table[4];
    public readonly delegate* unmanaged<nint, void> ReleaseEnv = (delegate* unmanaged<nint, void>)table[92];

    // Session options.
    public readonly delegate* unmanaged<nint*, nint> CreateSessionOptions = (delegate* unmanaged<nint*, nint>)table[10];
    public readonly delegate* unmanaged<nint, nint> EnableMemPattern = (delegate* unmanaged<nint, nint>)table[16];
    public readonly delegate* unmanaged<nint, nint> DisableMemPattern = (delegate* unmanaged<nint, nint>)table[17];
    public readonly delegate* unmanaged<nint, nint> EnableCpuMemArena = (delegate* unmanaged<nint, nint>)table[18];
    public readonly delegate* unmanaged<nint, nint> DisableCpuMemArena = (delegate* unmanaged<nint, nint>)table[19];
    public readonly delegate* unmanaged<nint, int, nint> SetGraphOptimizationLevel = (delegate* unmanaged<nint, int, nint>)table[23];
    public readonly delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads = (delegate* unmanaged<nint, int, nint>)table[24];
    public readonly delegate* unmanaged<nint, byte*, byte*, nint> AddSessionConfigEntry =
        (delegate* unmanaged<nint, byte*, byte*, nint>)table[130];
    public readonly delegate* unmanaged<nint, void> ReleaseSessionOptions = (delegate* unmanaged<nint, void>)table[100];

    // CUDA.
    public readonly delegate* unmanaged<nint, nint, nint> AppendCuda = (delegate* unmanaged<nint, nint, nint>)table[204];
    public readonly delegate* unmanaged<nint*, nint> CreateCudaOptions = (delegate* unmanaged<nint*, nint>)table[205];

    /// <summary>(options, keys, values, count)</summary>
    public readonly delegate* unmanaged<nint, byte**, byte**, nuint, nint> UpdateCudaOptions =
        (delegate* unmanaged<nint, byte**, byte**, nuint, nint>)table[206];
    public readonly delegate* unmanaged<nint, void> ReleaseCudaOptions = (delegate* unmanaged<nint, void>)table[208];

    // Sessions and what they declare.

    /// <summary>(env, path, options, out session)</summary>
    public readonly delegate* unmanaged<nint, byte*, nint, nint*, nint> CreateSession =
        (delegate* unmanaged<nint, byte*, nint, nint*, nint>)table[7];

    /// <summary>(env, bytes, length, options, out session)</summary>
    public readonly delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint> CreateSessionFromArray =
        (delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)table[8];
    public readonly delegate* unmanaged<nint, void> ReleaseSession = (delegate* unmanaged<nint, void>)table[95];
    public readonly delegate* unmanaged<nint, nuint*, nint> InputCount = (delegate* unmanaged<nint, nuint*, nint>)table[30];
    public readonly delegate* unmanaged<nint, nuint*, nint> OutputCount = (delegate* unmanaged<nint, nuint*, nint>)table[31];
    public readonly delegate* unmanaged<nint, nuint, nint*, nint> InputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)table[33];
    public readonly delegate* unmanaged<nint, nuint, nint*, nint> OutputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)table[34];

    /// <summary>(session, index, allocator, out name owned by the allocator)</summary>
    public readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> InputName =
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[36];
    public readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> OutputName =
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[37];

    /// <summary>The tensor info belongs to the type info; null when the value is not a tensor.</summary>
    public readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToTensorInfo = (delegate* unmanaged<nint, nint*, nint>)table[55];
    public readonly delegate* unmanaged<nint, int*, nint> ElementType = (delegate* unmanaged<nint, int*, nint>)table[60];
    public readonly delegate* unmanaged<nint, nuint*, nint> DimensionsCount = (delegate* unmanaged<nint, nuint*, nint>)table[61];
    public readonly delegate* unmanaged<nint, long*, nuint, nint> Dimensions = (delegate* unmanaged<nint, long*, nuint, nint>)table[62];
    public readonly delegate* unmanaged<nint, byte**, nuint, nint> SymbolicDimensions =
        (delegate* unmanaged<nint, byte**, nuint, nint>)table[63];
    public readonly delegate* unmanaged<nint, void> ReleaseTypeInfo = (delegate* unmanaged<nint, void>)table[98];

    // Memory and values.
    public readonly delegate* unmanaged<nint*, nint> DefaultAllocator = (delegate* unmanaged<nint*, nint>)table[78];
    public readonly delegate* unmanaged<nint, void*, nint> AllocatorFree = (delegate* unmanaged<nint, void*, nint>)table[76];
    public readonly delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo = (delegate* unmanaged<int, int, nint*, nint>)table[69];
    public readonly delegate* unmanaged<nint, void> ReleaseMemoryInfo = (delegate* unmanaged<nint, void>)table[94];

    /// <summary>(memory info, data, byte count, shape, rank, element type, out value)</summary>
    public readonly delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithData =
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];
    public readonly delegate* unmanaged<nint, void> ReleaseValue = (delegate* unmanaged<nint, void>)table[96];

    // Running.
    public readonly delegate* unmanaged<nint*, nint> CreateRunOptions = (delegate* unmanaged<nint*, nint>)table[39];
    public readonly delegate* unmanaged<nint, nint> SetTerminate = (delegate* unmanaged<nint, nint>)table[46];
    public readonly delegate* unmanaged<nint, nint> UnsetTerminate = (delegate* unmanaged<nint, nint>)table[47];
    public readonly delegate* unmanaged<nint, void> ReleaseRunOptions = (delegate* unmanaged<nint, void>)table[97];

    /// <summary>(session, run options, input names, inputs, count, output names, count, outputs)</summary>
    public readonly delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =
        (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)table[9];

    /// <summary>(session, run options, binding)</summary>
    public readonly delegate* unmanaged<nint, nint, nint, nint> RunWithBinding = (delegate* unmanaged<nint, nint, nint, nint>)table[133];
    public readonly delegate* unmanaged<nint, nint*, nint> CreateIoBinding = (delegate* unmanaged<nint, nint*, nint>)table[134];
    public readonly delegate* unmanaged<nint, void> ReleaseIoBinding = (delegate* unmanaged<nint, void>)table[135];
    public readonly delegate* unmanaged<nint, byte*, nint, nint> BindInput = (delegate* unmanaged<nint, byte*, nint, nint>)table[136];
    public readonly delegate* unmanaged<nint, byte*, nint, nint> BindOutput = (delegate* unmanaged<nint, byte*, nint, nint>)table[137];

    public readonly delegate* unmanaged<byte*> GetBuildInfo = (delegate* unmanaged<byte*>)table[254];

    /// <summary>Throws with ONNX Runtime's text unless the status is success.</summary>
    /// <param name="doing">What was being done, as the start of a sentence: a constant, so that success costs nothing.</param>
    public void Check(nint status, string doing)
    {
        if (status != 0)
            throw Failure(status, doing);
    }

    /// <summary>Turns a failed status into an exception and releases the status.</summary>
    public OnnxRuntimeException Failure(nint status, string doing)
    {
        string text = Marshal.PtrToStringUTF8((nint)GetErrorMessage(status)) ?? "no text";
        var code = (OrtErrorCode)GetErrorCode(status);
        ReleaseStatus(status);
        return new OnnxRuntimeException(code, $"{doing} failed: {text}");
    }
}
