namespace RenderFarm.OnnxGraph;

/// <summary>One axis of a value's shape: a size, or the name of a size that is only known when the model runs.</summary>
public readonly record struct Dimension
{
    private Dimension(long? size, string? symbol)
    {
        Size = size;
        Symbol = symbol;
    }

    public long? Size { get; }

    public string? Symbol { get; }

    public static implicit operator Dimension(long size) => Of(size);

    public static implicit operator Dimension(string symbol) => Of(symbol);

    public static Dimension Of(long size) =>
        size >= 0 ? new Dimension(size, null) : throw new ArgumentOutOfRangeException(nameof(size), size, "A size is not negative.");

    public static Dimension Of(string symbol) => new(null, symbol);
}
