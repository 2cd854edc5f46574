using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>Reads what a session declares about its inputs and outputs.</summary>
internal static unsafe class DeclaredValues
{
    public static ImmutableArray<OrtValueInfo> Inputs(OrtApi api, nint session)
    {
        nuint count;
        api.Check(api.InputCount(session, &count), "Counting the inputs");
        return Read(api, session, (int)count, api.InputName, api.InputTypeInfo);
    }

    public static ImmutableArray<OrtValueInfo> Outputs(OrtApi api, nint session)
    {
        nuint count;
        api.Check(api.OutputCount(session, &count), "Counting the outputs");
        return Read(api, session, (int)count, api.OutputName, api.OutputTypeInfo);
    }

    private static ImmutableArray<OrtValueInfo> Read(
        OrtApi api,
        nint session,
        int count,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> nameOf,
        delegate* unmanaged<nint, nuint, nint*, nint> typeOf)
    {
        nint allocator; // The default one belongs to the library.
        api.Check(api.DefaultAllocator(&allocator), "Finding the default allocator");
        ImmutableArray<OrtValueInfo>.Builder values = ImmutableArray.CreateBuilder<OrtValueInfo>(count);
        for (int i = 0; i < count; i++)
        {
            byte* nameUtf8;
            api.Check(nameOf(session, (nuint)i, allocator, &nameUtf8), "Reading a name");
            string name = Marshal.PtrToStringUTF8((nint)nameUtf8)!;
            api.Check(api.AllocatorFree(allocator, nameUtf8), "Freeing a name");

            nint typeInfo;
            api.Check(typeOf(session, (nuint)i, &typeInfo), "Reading a type");
            using var owner = new NativeObject(typeInfo, api.ReleaseTypeInfo);
            values.Add(Describe(api, name, typeInfo));
        }

        return values.MoveToImmutable();
    }

    private static OrtValueInfo Describe(OrtApi api, string name, nint typeInfo)
    {
        nint tensorInfo;
        api.Check(api.CastTypeInfoToTensorInfo(typeInfo, &tensorInfo), "Reading a tensor type");
        if (tensorInfo == 0)
            throw new NotSupportedException($"'{name}' of the model is not a tensor; only tensors are supported.");
        int elementType;
        nuint rank;
        api.Check(api.ElementType(tensorInfo, &elementType), "Reading an element type");
        api.Check(api.DimensionsCount(tensorInfo, &rank), "Reading a rank");
        long[] sizes = new long[rank];
        byte*[] symbols = new byte*[rank]; // Belong to the type info.
        fixed (long* size = sizes)
            api.Check(api.Dimensions(tensorInfo, size, rank), "Reading a shape");
        fixed (byte** symbol = symbols)
            api.Check(api.SymbolicDimensions(tensorInfo, symbol, rank), "Reading symbolic sizes");

        ImmutableArray<OrtDimension>.Builder shape = ImmutableArray.CreateBuilder<OrtDimension>(sizes.Length);
        for (int axis = 0; axis < sizes.Length; axis++)
            shape.Add(Dimension(sizes[axis], Marshal.PtrToStringUTF8((nint)symbols[axis])));
        return new OrtValueInfo(name, (OrtElementType)elementType, shape.MoveToImmutable());
    }

    /// <summary>The C API says −1 for an open size and an empty symbol for a nameless one.</summary>
    private static OrtDimension Dimension(long size, string? symbol) =>
        size >= 0 ? new OrtDimension(size, null) : new OrtDimension(null, string.IsNullOrEmpty(symbol) ? null : symbol);
}
