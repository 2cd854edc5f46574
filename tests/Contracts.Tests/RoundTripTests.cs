using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace RenderFarm.Contracts.Tests;

/// <summary>Every contract, found by reflection: a new one is pinned without anybody remembering to.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<Type> Contracts { get; } =
        [.. typeof(RenderSegment).Assembly.GetExportedTypes().Where(t => !t.IsEnum && !(t.IsAbstract && t.IsSealed)).OrderBy(t => t.Name)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void What_is_read_back_equals_what_was_written(Type contract)
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            object written = Sample.Of(contract, seed);
            object read = JsonSerializer.Deserialize(JsonSerializer.Serialize(written, contract), contract)!;
            AssertSame(contract.Name, written, read);
        }
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_message_from_a_newer_sender_is_understood(Type contract)
    {
        object written = Sample.Of(contract, seed: 1);
        string json = JsonSerializer.Serialize(written, contract);
        string newer = json.Insert(1, json == "{}" ? "\"AddedLater\":1" : "\"AddedLater\":{\"A\":[1]},");
        AssertSame(contract.Name, written, JsonSerializer.Deserialize(newer, contract)!);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Optional_parts_of_a_message_may_be_absent(Type contract)
    {
        NullabilityInfoContext nullability = new();
        Dictionary<string, JsonElement> json = JsonSerializer.SerializeToElement(Sample.Of(contract, seed: 1), contract)
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (PropertyInfo property in contract.GetProperties())
        {
            bool isRequired = property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;
            if (!isRequired)
                json.Remove(property.Name);
        }

        object read = JsonSerializer.Deserialize(JsonSerializer.Serialize(json), contract)!;
        foreach (PropertyInfo property in contract.GetProperties().Where(p => !p.PropertyType.IsValueType))
        {
            bool mayBeNull = nullability.Create(property).ReadState == NullabilityState.Nullable;
            Assert.True(mayBeNull || property.GetValue(read) is not null, $"{contract.Name}.{property.Name} has no default.");
        }
    }

    [Fact]
    public void A_message_without_a_required_part_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobCancelled>("{}"));

    /// <summary>Records compare lists by reference, so equality is checked property by property.</summary>
    private static void AssertSame(string path, object? expected, object? actual)
    {
        Type? type = expected?.GetType();
        if (expected is null || type!.IsPrimitive || type.IsEnum || expected is string or Guid or TimeSpan or DateTimeOffset)
        {
            Assert.True(Equals(expected, actual), $"{path}: {expected} became {actual}.");
        }
        else if (expected is IEnumerable list)
        {
            object?[] others = [.. ((IEnumerable)actual!).Cast<object?>()];
            object?[] items = [.. list.Cast<object?>()];
            Assert.True(items.Length == others.Length, $"{path}: {items.Length} items became {others.Length}.");
            for (int i = 0; i < items.Length; i++)
                AssertSame($"{path}[{i}]", items[i], others[i]);
        }
        else
        {
            foreach (PropertyInfo property in type.GetProperties())
                AssertSame($"{path}.{property.Name}", property.GetValue(expected), property.GetValue(actual));
        }
    }
}
