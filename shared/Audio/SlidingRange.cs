namespace RenderFarm.Audio;

/// <summary>Smallest and largest of the last <paramref name="length"/> values of a stream.</summary>
/// <param name="length">Values that count, at least 1.</param>
public sealed class SlidingRange(int length)
{
    private readonly Queue _minima = new(length);
    private readonly Queue _maxima = new(length);
    private long _position;

    /// <summary>The smallest, as long as at least one value was added.</summary>
    public double Min => _minima.Front;

    /// <summary>The largest, as long as at least one value was added.</summary>
    public double Max => -_maxima.Front;

    public void Add(double value)
    {
        _minima.Push(_position, value);
        _maxima.Push(_position, -value);
        _position++;
    }

    /// <summary>Monotone queue: a value leaves when it is too old or when a later one is not larger.</summary>
    private sealed class Queue(int length)
    {
        private readonly (long Position, double Value)[] _ring = new (long, double)[length + 1];
        private int _head;
        private int _count;

        public double Front => _count > 0 ? _ring[_head].Value : throw new InvalidOperationException("No value was added yet.");

        public void Push(long position, double value)
        {
            while (_count > 0 && _ring[(_head + _count - 1) % _ring.Length].Value >= value)
                _count--;
            _ring[(_head + _count) % _ring.Length] = (position, value);
            _count++;
            while (_ring[_head].Position <= position - length)
            {
                _head = (_head + 1) % _ring.Length;
                _count--;
            }
        }
    }
}
