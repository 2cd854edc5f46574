namespace RenderFarm.Pickle;

/// <summary>A name a pickle may refer to, as data: what a call of it yields is decided here and nowhere else.</summary>
/// <param name="Name">Module and name, for example <c>collections.OrderedDict</c>.</param>
/// <param name="Call">Turns the arguments into a value; null where the name may be mentioned but not called.</param>
public sealed record PickleGlobal(string Name, Func<IReadOnlyList<object?>, object?>? Call = null)
{
    /// <summary><c>collections.OrderedDict</c>, empty or from a list of pairs.</summary>
    public static PickleGlobal OrderedDict { get; } = new("collections.OrderedDict", MakeOrderedDict);

    private static OrderedDictionary<object, object?> MakeOrderedDict(IReadOnlyList<object?> arguments)
    {
        OrderedDictionary<object, object?> made = [];
        if (arguments.Count == 0)
            return made;
        if (arguments is not [List<object?> pairs])
            throw new PickleFormatException("collections.OrderedDict is called with something else than a list of pairs.");
        foreach (object? pair in pairs)
            if (pair is IReadOnlyList<object?> { Count: 2 } both && both[0] is { } key)
                made[key] = both[1];
            else
                throw new PickleFormatException("collections.OrderedDict is called with something else than a list of pairs.");
        return made;
    }
}
