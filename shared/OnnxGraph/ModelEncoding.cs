using System.Globalization;

namespace RenderFarm.OnnxGraph;

/// <summary>The field numbers of onnx.proto (ONNX 1.15; they never change).</summary>
internal static class ModelEncoding
{
    private const int LocationExternal = 1;

    /// <param name="placeOf">Where an initialiser's data lies outside the model, or null when it is part of it.</param>
    public static ProtoMessage Model(OnnxModel model, Func<Initializer, ExternalPlace?> placeOf)
    {
        ProtoMessage m = new();
        m.Int(1, model.IrVersion);
        m.TextIfAny(2, model.Producer);
        m.TextIfAny(3, model.ProducerVersion);
        m.Message(7, Graph(model.Graph, placeOf));
        foreach ((string domain, long version) in model.OperatorSets.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            ProtoMessage set = new();
            set.TextIfAny(1, domain);
            set.Int(2, version);
            m.Message(8, set);
        }

        foreach ((string key, string value) in model.Metadata.OrderBy(o => o.Key, StringComparer.Ordinal))
            m.Message(14, Entry(key, value));
        return m;
    }

    private static ProtoMessage Graph(Graph graph, Func<Initializer, ExternalPlace?> placeOf)
    {
        ProtoMessage m = new();
        foreach (Node node in graph.Nodes)
            m.Message(1, Node(node));
        m.Text(2, graph.Name);
        foreach (Initializer initializer in graph.Initializers)
            m.Message(5, Tensor(initializer, placeOf(initializer)));
        foreach (ValueInfo input in graph.Inputs)
            m.Message(11, Value(input));
        foreach (ValueInfo output in graph.Outputs)
            m.Message(12, Value(output));
        return m;
    }

    private static ProtoMessage Node(Node node)
    {
        ProtoMessage m = new();
        foreach (string input in node.Inputs)
            m.Text(1, input);
        foreach (string output in node.Outputs)
            m.Text(2, output);
        m.TextIfAny(3, node.Name);
        m.Text(4, node.OpType);
        foreach (Attr attribute in node.Attributes)
            m.Message(5, Attribute(attribute));
        m.TextIfAny(7, node.Domain);
        return m;
    }

    private static ProtoMessage Attribute(Attr attribute)
    {
        ProtoMessage m = new();
        m.Text(1, attribute.Name);
        int type;
        switch (attribute.Value)
        {
            case float value:
                m.Float(2, value);
                type = 1;
                break;
            case long value:
                m.Int(3, value);
                type = 2;
                break;
            case string value:
                m.Text(4, value);
                type = 3;
                break;
            case Initializer value:
                m.Message(5, Tensor(value, place: null));
                type = 4;
                break;
            case IReadOnlyList<float> values:
                foreach (float value in values)
                    m.Float(7, value);
                type = 6;
                break;
            case IReadOnlyList<long> values:
                foreach (long value in values)
                    m.Int(8, value);
                type = 7;
                break;
            case IReadOnlyList<string> values:
                foreach (string value in values)
                    m.Text(9, value);
                type = 8;
                break;
            default:
                throw new ArgumentException($"An attribute cannot hold a {attribute.Value.GetType()}.", nameof(attribute));
        }

        m.Int(20, type);
        return m;
    }

    private static ProtoMessage Tensor(Initializer tensor, ExternalPlace? place)
    {
        ProtoMessage m = new();
        foreach (long dimension in tensor.Shape)
            m.Int(1, dimension);
        m.Int(2, (long)tensor.Type);
        m.TextIfAny(8, tensor.Name);
        if (place is null)
        {
            m.Data(9, tensor.Data);
            return m;
        }

        m.Message(13, Entry("location", place.FileName));
        m.Message(13, Entry("offset", place.Offset.ToString(CultureInfo.InvariantCulture)));
        m.Message(13, Entry("length", tensor.Data.ByteLength.ToString(CultureInfo.InvariantCulture)));
        m.Int(14, LocationExternal);
        return m;
    }

    private static ProtoMessage Value(ValueInfo value)
    {
        ProtoMessage shape = new();
        foreach (Dimension dimension in value.Shape)
        {
            ProtoMessage d = new();
            if (dimension.Size is long size)
                d.Int(1, size);
            else
                d.TextIfAny(2, dimension.Symbol ?? "");
            shape.Message(1, d);
        }

        ProtoMessage tensor = new();
        tensor.Int(1, (long)value.Type);
        tensor.Message(2, shape);
        ProtoMessage type = new();
        type.Message(1, tensor);
        ProtoMessage m = new();
        m.Text(1, value.Name);
        m.Message(2, type);
        return m;
    }

    private static ProtoMessage Entry(string key, string value)
    {
        ProtoMessage m = new();
        m.Text(1, key);
        m.Text(2, value);
        return m;
    }
}
