using System.Globalization;
using System.Runtime.InteropServices;
using RenderFarm.Failures;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>Builds the native form of <see cref="OrtSessionOptions"/>.</summary>
internal static unsafe class SessionOptionsHandle
{
    /// <exception cref="PermanentException">The provider is unknown or this library cannot provide it.</exception>
    public static NativeObject Create(OrtRuntime runtime, OrtSessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IntraOpThreads, 1);
        OrtApi api = runtime.Api;
        nint native;
        api.Check(api.CreateSessionOptions(&native), "Creating session options");
        var handle = new NativeObject(native, api.ReleaseSessionOptions);
        try
        {
            api.Check(api.SetIntraOpNumThreads(native, options.IntraOpThreads), "Setting the thread count");
            api.Check(api.SetGraphOptimizationLevel(native, (int)options.Optimization), "Setting the optimisation level");
            api.Check(options.MemoryPattern ? api.EnableMemPattern(native) : api.DisableMemPattern(native), "Setting the memory pattern");
            api.Check(options.CpuArena ? api.EnableCpuMemArena(native) : api.DisableCpuMemArena(native), "Setting the arena");
            fixed (byte* key = "session.intra_op.allow_spinning"u8, value = options.AllowSpinning ? "1"u8 : "0"u8)
                api.Check(api.AddSessionConfigEntry(native, key, value), "Setting spinning");
            AppendProvider(runtime, native, options);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void AppendProvider(OrtRuntime runtime, nint native, OrtSessionOptions options)
    {
        switch (options.Provider)
        {
            case OrtProviders.Cpu when options.ProviderSettings.IsEmpty:
                break; // Always there, as the last resort of every session.
            case OrtProviders.Cpu:
                throw new PermanentException(
                    $"The execution provider 'cpu' has no settings; remove {string.Join(", ", options.ProviderSettings.Keys)}.");
            case OrtProviders.Cuda:
                AppendCuda(runtime, native, options);
                break;
            default:
                throw new PermanentException(
                    $"There is no execution provider '{options.Provider}'; choose '{OrtProviders.Cpu}' or '{OrtProviders.Cuda}'.");
        }
    }

    private static void AppendCuda(OrtRuntime runtime, nint native, OrtSessionOptions options)
    {
        OrtApi api = runtime.Api;
        try
        {
            nint cuda;
            api.Check(api.CreateCudaOptions(&cuda), "Creating CUDA options");
            using var owner = new NativeObject(cuda, api.ReleaseCudaOptions);
            foreach ((string key, string value) in options.ProviderSettings)
                UpdateCuda(api, cuda, key, value);
            api.Check(api.AppendCuda(native, cuda), "Adding CUDA");
        }
        catch (OnnxRuntimeException failure)
        {
            throw new PermanentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The execution provider 'cuda' cannot be used with {runtime.LibraryPath} (ONNX Runtime {runtime.Version}): {failure.Message.TrimEnd('.')}; install the GPU build with its CUDA libraries, or choose 'cpu'."),
                failure);
        }
    }

    private static void UpdateCuda(OrtApi api, nint cuda, string key, string value)
    {
        byte* keyUtf8 = (byte*)Marshal.StringToCoTaskMemUTF8(key);
        byte* valueUtf8 = (byte*)Marshal.StringToCoTaskMemUTF8(value);
        try
        {
            api.Check(api.UpdateCudaOptions(cuda, &keyUtf8, &valueUtf8, 1), "Setting a CUDA option");
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)keyUtf8);
            Marshal.FreeCoTaskMem((nint)valueUtf8);
        }
    }
}
