using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RenderFarm.Pickle;

/// <summary>
/// Reads Python pickles, protocols 2 to 5, as data. Nothing is ever executed or looked up: a global that is not in the table given
/// here, and an opcode outside the list below, is refused by name.
/// </summary>
/// <remarks>
/// Values come out as null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, byte[],
/// <see cref="List{T}"/> of object (list), object?[] (tuple), <see cref="OrderedDictionary{TKey, TValue}"/> (dict) and whatever the globals make.
/// Opcodes: Python's Lib/pickletools.py.
/// </remarks>
public sealed class PickleReader(
    IReadOnlyDictionary<string, PickleGlobal> globals,
    Func<object?, object?>? persistentLoad = null,
    PickleLimits? limits = null)
{
    private readonly PickleLimits _limits = limits ?? new PickleLimits();

    /// <exception cref="PickleFormatException">Truncated, malformed, or more than data.</exception>
    public object? Read(ReadOnlySpan<byte> pickle)
    {
        Machine machine = new(this, pickle);
        return machine.Run();
    }

    private static PickleFormatException Refuse(string what, int position) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} at byte {position} of the pickle."));

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }

    private ref struct Machine(PickleReader owner, ReadOnlySpan<byte> code)
    {
        private readonly ReadOnlySpan<byte> _code = code;
        private readonly List<object?> _stack = [];
        private readonly Dictionary<long, object?> _memo = [];
        private int _at;

        public object? Run()
        {
            for (int executed = 0; ; executed++)
            {
                if (executed >= owner._limits.MaxOpcodes || _stack.Count > owner._limits.MaxValues || _memo.Count > owner._limits.MaxValues)
                    throw Refuse("The pickle is larger than this reader allows: stopped", _at);
                byte opcode = Take(1)[0];
                if (opcode == (byte)'.')
                    return Pop();
                Execute(opcode);
            }
        }

        private void Execute(byte opcode)
        {
            switch (opcode)
            {
                case 0x80: Protocol(Take(1)[0]); break;
                case 0x95: Take(8); break; // FRAME: a hint for buffering
                case (byte)'(': _stack.Add(Mark.Instance); break;
                case (byte)'0': Pop(); break;
                case (byte)'1': PopToMark(); break;
                case (byte)'2': _stack.Add(Peek()); break;

                case (byte)'N': _stack.Add(null); break;
                case 0x88: _stack.Add(true); break;
                case 0x89: _stack.Add(false); break;
                case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
                case (byte)'K': _stack.Add((long)Take(1)[0]); break;
                case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case 0x8a: _stack.Add(Long(Take(Take(1)[0]))); break;
                case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;

                case (byte)'X': _stack.Add(Text(Take(Length32()))); break;
                case 0x8c: _stack.Add(Text(Take(Take(1)[0]))); break;
                case 0x8d: _stack.Add(Text(Take(Length64()))); break;
                case (byte)'U': _stack.Add(Encoding.Latin1.GetString(Take(Take(1)[0]))); break;
                case (byte)'T': _stack.Add(Encoding.Latin1.GetString(Take(Length32()))); break;
                case (byte)'C': _stack.Add(Take(Take(1)[0]).ToArray()); break;
                case (byte)'B': _stack.Add(Take(Length32()).ToArray()); break;
                case 0x8e: _stack.Add(Take(Length64()).ToArray()); break;

                case (byte)')': _stack.Add(Array.Empty<object?>()); break;
                case (byte)'t': _stack.Add(PopToMark()); break;
                case 0x85: _stack.Add(PopMany(1)); break;
                case 0x86: _stack.Add(PopMany(2)); break;
                case 0x87: _stack.Add(PopMany(3)); break;
                case (byte)']': _stack.Add(new List<object?>()); break;
                case (byte)'l': _stack.Add(PopToMark().ToList()); break;
                case (byte)'a': Append(PopMany(1)); break;
                case (byte)'e': Append(PopToMark()); break;
                case (byte)'}': _stack.Add(new OrderedDictionary<object, object?>()); break;
                case (byte)'d': Dictionary(PopToMark()); break;
                case (byte)'s': SetItems(PopMany(2)); break;
                case (byte)'u': SetItems(PopToMark()); break;

                case (byte)'q': _memo[Take(1)[0]] = Peek(); break;
                case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek(); break;
                case 0x94: _memo[_memo.Count] = Peek(); break;
                case (byte)'h': _stack.Add(Remembered(Take(1)[0])); break;
                case (byte)'j': _stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;

                case (byte)'c': _stack.Add(Global(Line(), Line())); break;
                case 0x93: StackGlobal(); break;
                case (byte)'R': Reduce(); break;
                case 0x81: Reduce(); break; // NEWOBJ: the same data for the classes a table can name
                case (byte)'b': Build(); break;
                case (byte)'Q': PersistentId(); break;
                default: throw Refuse($"Opcode 0x{opcode:x2} is not data and is refused", _at - 1);
            }
        }

        private void Protocol(byte version)
        {
            if (version is < 2 or > 5)
                throw Refuse($"Pickle protocol {version} is not known", _at - 1);
        }

        private long Long(ReadOnlySpan<byte> littleEndian)
        {
            if (littleEndian.Length > 8)
                throw Refuse("An integer of more than 64 bits", _at);
            long value = littleEndian.IsEmpty ? 0 : (sbyte)littleEndian[^1];
            for (int i = littleEndian.Length - 2; i >= 0; i--)
                value = (value << 8) | littleEndian[i];
            return value;
        }

        private string Text(ReadOnlySpan<byte> utf8)
        {
            try
            {
                return s_strictUtf8.GetString(utf8);
            }
            catch (DecoderFallbackException)
            {
                throw Refuse("Text that is not UTF-8", _at);
            }
        }

        private void Append(object?[] items)
        {
            if (Peek() is not List<object?> list)
                throw Refuse("Items are appended to something that is no list", _at);
            list.AddRange(items);
        }

        private void Dictionary(object?[] flat)
        {
            _stack.Add(new OrderedDictionary<object, object?>());
            SetItems(flat);
        }

        private void SetItems(object?[] flat)
        {
            if (Peek() is not OrderedDictionary<object, object?> dictionary || flat.Length % 2 != 0)
                throw Refuse("Items are set on something that is no dictionary", _at);
            for (int i = 0; i < flat.Length; i += 2)
                dictionary[flat[i] is string or long or bool or double ? flat[i]! : throw Refuse("A dictionary key that is no plain value", _at)] = flat[i + 1];
        }

        private object? Remembered(long index) =>
            _memo.TryGetValue(index, out object? value) ? value : throw Refuse($"Memo entry {index} does not exist", _at);

        private void StackGlobal()
        {
            object?[] pair = PopMany(2);
            if (pair is not [string module, string name])
                throw Refuse("A global whose name is no text", _at);
            _stack.Add(Global(module, name));
        }

        private PickleGlobal Global(string module, string name) =>
            owner.GlobalNamed($"{module}.{name}") ?? throw Refuse($"The pickle refers to '{Printable(module)}.{Printable(name)}', which is not plain data and is refused", _at);

        private static string Printable(string text) =>
            string.Concat(text.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '?'));

        private void Reduce()
        {
            object?[] pair = PopMany(2);
            if (pair is not [PickleGlobal { Call: { } call }, object?[] arguments])
                throw Refuse($"A call of {(pair[0] as PickleGlobal)?.Name ?? "something that is no known global"} is refused", _at);
            _stack.Add(call(arguments));
        }

        private void Build()
        {
            object? state = Pop();
            switch (Peek())
            {
                case OrderedDictionary<object, object?>: break; // attributes of a dictionary, such as torch's _metadata
                case IPickleState value: value.SetState(state); break;
                default: throw Refuse("A state is set on something that has none", _at);
            }
        }

        private void PersistentId()
        {
            if (owner.PersistentLoad is not { } load)
                throw Refuse("A reference outside the pickle", _at);
            _stack.Add(load(Pop()));
        }

        private object? Pop()
        {
            object? value = Peek();
            _stack.RemoveAt(_stack.Count - 1);
            return value;
        }

        private readonly object? Peek() =>
            _stack.Count == 0 || _stack[^1] is Mark ? throw Refuse("The stack is empty", _at) : _stack[^1];

        private object?[] PopMany(int count)
        {
            if (_stack.Count < count)
                throw Refuse("The stack is empty", _at);
            object?[] values = [.. _stack[^count..]];
            if (values.Any(value => value is Mark))
                throw Refuse("A mark where a value should be", _at);
            _stack.RemoveRange(_stack.Count - count, count);
            return values;
        }

        private object?[] PopToMark()
        {
            int mark = _stack.FindLastIndex(value => value is Mark);
            if (mark < 0)
                throw Refuse("There is no mark on the stack", _at);
            object?[] values = [.. _stack[(mark + 1)..]];
            _stack.RemoveRange(mark, _stack.Count - mark);
            return values;
        }

        private string Line()
        {
            int length = _code[_at..].IndexOf((byte)'\n');
            if (length is < 0 or > 1000)
                throw Refuse("A name without an end", _at);
            string line = Encoding.Latin1.GetString(Take(length));
            Take(1);
            return line;
        }

        private int Length32() => Bounded(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));

        private int Length64() => Bounded(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)));

        private readonly int Bounded(ulong length) =>
            length <= (ulong)(_code.Length - _at) ? (int)length : throw Refuse("The pickle ends too early", _at);

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _code.Length - _at)
                throw Refuse("The pickle ends too early", _at);
            ReadOnlySpan<byte> taken = _code.Slice(_at, count);
            _at += count;
            return taken;
        }
    }

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Func<object?, object?>? PersistentLoad { get; } = persistentLoad;

    private PickleGlobal? GlobalNamed(string name) => globals.GetValueOrDefault(name);
}
