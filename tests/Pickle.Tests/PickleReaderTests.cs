namespace RenderFarm.Pickle.Tests;

public sealed class PickleReaderTests
{
    private static readonly Dictionary<string, PickleGlobal> s_globals = new() { ["collections.OrderedDict"] = PickleGlobal.OrderedDict };

    private static object? Read(byte[] pickle) => new PickleReader(s_globals).Read(pickle);

    [Fact]
    public void Plain_values_come_out_as_they_went_in()
    {
        // {'a': [1, -70000, 2**40, -1], 'b': (None, True, False, 1.5), 'c': b'xy'}
        byte[] pickle = new PickleWriter().Op('}').Op('(')
            .Text("a").Op(']').Op('(').Op((byte)'K', 1).Int(-70000).Op(0x8a, 6, 0, 0, 0, 0, 0, 1).Op(0x8a, 1, 0xff).Op('e')
            .Text("b").Op('(').Op('N').Op(0x88).Op(0x89).Op((byte)'G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0).Op('t')
            .Text("c").Op((byte)'C', 2, (byte)'x', (byte)'y')
            .Op('u').Stop();

        OrderedDictionary<object, object?> read = Assert.IsType<OrderedDictionary<object, object?>>(Read(pickle));

        Assert.Equal(["a", "b", "c"], read.Keys);
        Assert.Equal([1L, -70000L, 1L << 40, -1L], Assert.IsType<List<object?>>(read["a"]));
        Assert.Equal([null, true, false, 1.5], Assert.IsType<object?[]>(read["b"]));
        Assert.Equal("xy"u8.ToArray(), read["c"]);
    }

    [Fact]
    public void The_memo_gives_the_same_object_again()
    {
        byte[] pickle = new PickleWriter().Op('(').Op(']').Op((byte)'q', 7).Op((byte)'h', 7).Op('t').Stop();
        object?[] read = Assert.IsType<object?[]>(Read(pickle));
        Assert.Same(read[0], read[1]);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    public void A_global_outside_the_table_is_refused_by_name(string module, string name)
    {
        byte[] pickle = new PickleWriter().Global(module, name).Text("echo owned").Op(0x85).Op('R').Stop();
        PickleFormatException refused = Assert.Throws<PickleFormatException>(() => Read(pickle));
        Assert.Contains($"{module}.{name}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((byte)'i')] // INST
    [InlineData((byte)'o')] // OBJ
    [InlineData((byte)'P')] // PERSID
    [InlineData(0x82)] // EXT1
    [InlineData(0x92)] // NEWOBJ_EX
    [InlineData(0xff)]
    public void An_opcode_that_is_not_data_is_refused(byte opcode)
    {
        PickleFormatException refused = Assert.Throws<PickleFormatException>(() => Read(new PickleWriter().Op(opcode).Stop()));
        Assert.Contains($"0x{opcode:x2}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_something_that_is_no_global_is_refused() =>
        Assert.Throws<PickleFormatException>(() => Read(new PickleWriter().Text("os.system").Op(')').Op('R').Stop()));

    [Fact]
    public void A_state_is_not_set_on_a_value_that_has_none() =>
        Assert.Throws<PickleFormatException>(() => Read(new PickleWriter().Op(']').Op('}').Op('b').Stop()));

    [Fact]
    public void A_length_past_the_end_is_refused_without_being_allocated() =>
        Assert.Throws<PickleFormatException>(() => Read(new PickleWriter().Op((byte)'B', 0xff, 0xff, 0xff, 0x7f).Stop()));

    [Fact]
    public void A_pickle_that_never_stops_is_cut_off()
    {
        byte[] endless = [0x80, 2, .. Enumerable.Repeat((byte)'N', 5000), (byte)'.'];
        PickleReader reader = new(s_globals, limits: new PickleLimits { MaxOpcodes = 1000 });
        Assert.Throws<PickleFormatException>(() => reader.Read(endless));
    }

    [Fact]
    public void Damaged_pickles_are_refused_and_nothing_else_happens()
    {
        byte[] sound = new PickleWriter().Global("collections", "OrderedDict").Op(')').Op('R').Op((byte)'q', 0).Op('(')
            .Text("weight").Op('(').Int(3).Int(4).Op('t').Text("bias").Op(']').Op('(').Op((byte)'K', 1).Op((byte)'K', 2).Op('e').Op('u').Stop();
        Read(sound);
        Random random = new(20261122);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] mutated = [.. sound];
            for (int change = random.Next(1, 4); change > 0; change--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
                mutated = mutated[..random.Next(mutated.Length)];
            try
            {
                Read(mutated);
            }
            catch (PickleFormatException)
            {
                // Refused: that is the one way out besides a value.
            }
        }
    }
}
