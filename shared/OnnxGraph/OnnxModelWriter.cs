namespace RenderFarm.OnnxGraph;

/// <summary>Writes models as ONNX files. Memory use does not depend on the size of streamed tensors.</summary>
public static class OnnxModelWriter
{
    private const string Partial = ".partial";

    /// <summary>Writes a model that holds all its tensors.</summary>
    /// <exception cref="InvalidOperationException">The model is over 2 GB: protobuf forbids that, use external data.</exception>
    public static void Write(OnnxModel model, Stream destination) => Write(Encode(model, _ => null), destination);

    /// <summary>Writes the file, and the data file when <paramref name="external"/> is given, under temporary names and renames them
    /// when both are complete, the model last: a model that can be seen can be loaded.</summary>
    public static void Save(
        OnnxModel model, string path, ExternalDataOptions? external = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (external is null)
        {
            WriteFile(path, stream => Write(model, stream));
            Publish(path);
            return;
        }

        string dataName = external.FileName ?? Path.GetFileName(path) + ".data";
        if (dataName != Path.GetFileName(dataName))
            throw new ArgumentException("The data file lies beside the model: give a name, not a path.", nameof(external));
        string dataPath = Path.Combine(Path.GetDirectoryName(path) ?? "", dataName);
        List<Initializer> outside = [.. model.Graph.Initializers.Where(i => i.Data.ByteLength >= external.MinimumBytes)];
        Dictionary<Initializer, ExternalPlace> places = Place(outside, dataName, external.Alignment);
        WriteFile(dataPath, stream => WriteData(outside, places, stream, cancellationToken));
        WriteFile(path, stream => Write(Encode(model, places.GetValueOrDefault), stream));
        Publish(dataPath);
        Publish(path);
    }

    private static ProtoMessage Encode(OnnxModel model, Func<Initializer, ExternalPlace?> placeOf) => ModelEncoding.Model(model, placeOf);

    private static void Write(ProtoMessage message, Stream destination)
    {
        if (message.ByteLength > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"The model has {message.ByteLength} bytes; an ONNX file ends at {int.MaxValue}: save it with external data.");
        }

        message.WriteTo(destination);
    }

    private static Dictionary<Initializer, ExternalPlace> Place(List<Initializer> initializers, string dataName, int alignment)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alignment);
        Dictionary<Initializer, ExternalPlace> places = [];
        long end = 0;
        foreach (Initializer initializer in initializers)
        {
            long start = (end + alignment - 1) / alignment * alignment;
            places.Add(initializer, new ExternalPlace(dataName, start));
            end = start + initializer.Data.ByteLength;
        }

        return places;
    }

    private static void WriteData(
        List<Initializer> initializers, Dictionary<Initializer, ExternalPlace> places, Stream stream, CancellationToken cancellationToken)
    {
        foreach (Initializer initializer in initializers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Position = places[initializer].Offset; // the gap reads as zeros
            initializer.Data.WriteTo(stream);
        }
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        try
        {
            using FileStream stream = new(path + Partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 17);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path + Partial);
            throw;
        }
    }

    private static void Publish(string path) => File.Move(path + Partial, path, overwrite: true);
}
