using System.Reflection;

namespace RenderFarm.Contracts.Tests;

/// <summary>Fills any contract with values that a serialiser finds hard: extremes, quotes, non-ASCII, fractions, empty and null.</summary>
internal static class Sample
{
    public static object Of(Type type, int seed)
    {
        object made = type.IsValueType ? Activator.CreateInstance(type)! : System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        NullabilityInfoContext nullability = new();
        int n = seed;
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.CanWrite))
            property.SetValue(made, Value(property.PropertyType, nullability.Create(property).WriteState == NullabilityState.Nullable, ++n));
        return made;
    }

    private static object? Value(Type type, bool mayBeNull, int n)
    {
        if (mayBeNull && n % 2 == 0)
            return null;
        if (Nullable.GetUnderlyingType(type) is Type inner)
            type = inner;
        if (type == typeof(IReadOnlyList<string>))
            return (IReadOnlyList<string>)(n % 3 == 0 ? [] : ["", $"\"quoted\" — ü\n\u2028 {n}"]);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(n % Enum.GetValues(type).Length);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => n % 2 == 1,
            TypeCode.Int32 => n % 2 == 0 ? int.MaxValue - n : -n,
            TypeCode.Int64 => n % 2 == 0 ? long.MaxValue - n : -n,
            TypeCode.UInt64 => ulong.MaxValue - (ulong)n,
            TypeCode.Double => n % 2 == 0 ? 0.1 * n : -1e-300,
            TypeCode.String => $"jobs/{n}/\\ \"é\" \U0001F600",
            _ when type == typeof(Guid) => new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks((n * 864_000_000_123L) + 7),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 2, 3, 4, 5, 6, n, TimeSpan.Zero),
            _ when type.Namespace == typeof(RenderSegment).Namespace => Of(type, n),
            _ => throw new NotSupportedException($"Teach {nameof(Sample)} about {type}."),
        };
    }
}
