using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RenderFarm.Data;

/// <summary>Times as milliseconds since 1970, UTC.</summary>
internal sealed class UnixMillisecondsConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
