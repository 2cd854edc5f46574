namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Where the parameters of a network come from: checkpoints, or a random generator.</summary>
public interface IParameterSource
{
    /// <summary>The shape the source has under the name; null where it has none. A generator answers with what was asked for.</summary>
    IReadOnlyList<long>? ShapeOf(string name, IReadOnlyList<long> expected);

    /// <summary>Fills in the values of a parameter, row-major. Called when the network is written, perhaps more than once.</summary>
    void Read(string name, Span<float> values);

    /// <summary>Names of all parameters that a network must have taken; empty for a generator.</summary>
    IEnumerable<string> Names { get; }
}
