using System.Text;

namespace RenderFarm.Media;

/// <summary>Keeps the last bytes of a stream, however much is written to it.</summary>
internal sealed class ErrorTail
{
    private const int KeptBytes = 8192;

    private readonly byte[] kept = new byte[KeptBytes];
    private long seen;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            kept[seen++ % KeptBytes] = value;
    }

    public override string ToString()
    {
        int start = (int)(seen % KeptBytes);
        byte[] inOrder = seen <= KeptBytes ? kept[..(int)seen] : [.. kept[start..], .. kept[..start]];
        return Encoding.UTF8.GetString(inOrder).Trim();
    }
}
