using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using RenderFarm.Failures;
using RenderFarm.OnnxRuntime.Native;

namespace RenderFarm.OnnxRuntime;

/// <summary>A loaded libonnxruntime. One per file and process; it stays loaded until the process ends. Safe for any thread.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Lives as long as the process.")]
public sealed unsafe class OrtRuntime
{
    /// <summary>The oldest version whose function table and file formats this binding relies on.</summary>
    public static readonly Version OldestVersion = new(1, 20, 0);

    private static readonly Dictionary<string, OrtRuntime> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Loading = new();

    private readonly LogSink _log = new();

    private OrtRuntime(string libraryPath, Version version, nint* table)
    {
        LibraryPath = libraryPath;
        Version = version;
        Api = new OrtApi(table);
        BuildInfo = Marshal.PtrToStringUTF8((nint)Api.GetBuildInfo()) ?? "";

        const int Warnings = (int)OrtSeverity.Warning;
        const int DeviceAllocator = 0; // Not the arena: only describes memory that is ours.
        const int DefaultMemory = 0;
        nint created;
        fixed (byte* logId = "renderfarm"u8)
        {
            nint sink = GCHandle.ToIntPtr(GCHandle.Alloc(_log)); // Never freed: the environment may log until the process ends.
            Api.Check(Api.CreateEnvWithCustomLogger(LogSink.Callback, sink, Warnings, logId, &created), "Starting ONNX Runtime");
        }

        Environment = new NativeObject(created, Api.ReleaseEnv);
        Api.Check(Api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, &created), "Describing CPU memory");
        CpuMemory = new NativeObject(created, Api.ReleaseMemoryInfo);
    }

    /// <summary>Warnings and errors ONNX Runtime logs, on whichever thread it does. A handler must be quick and must not throw.</summary>
    public event Action<OrtSeverity, string> Logged
    {
        add => _log.Logged += value;
        remove => _log.Logged -= value;
    }

    /// <summary>Absolute path of the library file.</summary>
    public string LibraryPath { get; }

    public Version Version { get; }

    /// <summary>What ONNX Runtime tells about its own build: commit, compiler, flags.</summary>
    public string BuildInfo { get; }

    internal OrtApi Api { get; }

    internal NativeObject Environment { get; }

    internal NativeObject CpuMemory { get; }

    /// <summary>Loads the library file, or returns it if it is loaded.</summary>
    /// <exception cref="PermanentException">The file is not there, is not ONNX Runtime, or is too old; the sentence names file and version.</exception>
    public static OrtRuntime Load(string libraryPath)
    {
        string path = Path.GetFullPath(libraryPath);
        lock (Loading)
        {
            if (!Loaded.TryGetValue(path, out OrtRuntime? runtime))
                Loaded.Add(path, runtime = LoadFresh(path));
            return runtime;
        }
    }

    /// <summary>Opens a model file. Weights kept in files of their own are found beside it.</summary>
    /// <exception cref="OnnxRuntimeException">The file is missing, damaged, or uses what this version cannot run.</exception>
    /// <exception cref="PermanentException">The execution provider cannot be used here.</exception>
    public OrtSession Open(string modelPath, OrtSessionOptions? options = null) => OrtSession.FromFile(this, modelPath, options ?? new());

    /// <summary>Opens a model from memory, which is free again afterwards. Such a model has no weights in other files.</summary>
    /// <param name="name">What to call the model in messages.</param>
    /// <inheritdoc cref="Open(string, OrtSessionOptions?)"/>
    public OrtSession Open(ReadOnlySpan<byte> model, string name, OrtSessionOptions? options = null) =>
        OrtSession.FromBytes(this, model, name, options ?? new());

    /// <summary>Why a provider cannot be used, as a sentence; null when it can.</summary>
    /// <remarks>Tries it. ONNX Runtime's own list of providers names those it was compiled for, present or not.</remarks>
    public string? WhyUnavailable(string provider)
    {
        try
        {
            SessionOptionsHandle.Create(this, new OrtSessionOptions { Provider = provider }).Dispose();
            return null;
        }
        catch (PermanentException unavailable)
        {
            return unavailable.Message;
        }
    }

    /// <summary>The version, when this binding can use it.</summary>
    internal static Version CheckVersion(string libraryPath, string reported)
    {
        // Builds from source may say 1.30.0-dev or 1.30.0+commit.
        string number = reported.Split('-', '+')[0];
        if (Version.TryParse(number, out Version? version) && version.Major == OldestVersion.Major && version >= OldestVersion)
            return version;
        throw new PermanentException(
            $"{libraryPath} is ONNX Runtime {reported}, but {OldestVersion} or a later 1.x is needed; run ./farm doctor, which installs a fitting one.");
    }

    private static OrtRuntime LoadFresh(string path)
    {
        if (!File.Exists(path))
            throw new PermanentException($"ONNX Runtime's library is not at {path}; run ./farm doctor, which installs it.");
        nint library = OpenLibrary(path);
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
            throw new PermanentException($"{path} is a library but not ONNX Runtime; run ./farm doctor, which installs it.");

        // OrtApiBase: { const OrtApi* GetApi(uint32_t); const char* GetVersionString(); }
        nint* apiBase = ((delegate* unmanaged<nint*>)export)();
        string reported = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])())!;
        Version version = CheckVersion(path, reported);
        nint* table = ((delegate* unmanaged<uint, nint*>)apiBase[0])((uint)OldestVersion.Minor);
        if (table is null)
            throw new PermanentException($"{path} (ONNX Runtime {reported}) no longer serves API version {OldestVersion.Minor}; run ./farm doctor, which installs a fitting one.");
        return new OrtRuntime(path, version, table);
    }

    private static nint OpenLibrary(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            string reason = failure.Message.ReplaceLineEndings(" ").Trim();
            throw new PermanentException($"{path} cannot be loaded as ONNX Runtime ({reason}); run ./farm doctor, which installs it.", failure);
        }
    }
}
