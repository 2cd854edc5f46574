using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using RenderFarm.Contracts;
using RenderFarm.Timeline;

namespace RenderFarm.Farm.Commands;

/// <summary>Reads option values; what is refused is refused with one sentence that says what is allowed.</summary>
internal static class OptionText
{
    /// <summary>A whole number between two bounds, both allowed.</summary>
    public static Func<ArgumentResult, T> Whole<T>(T min, T max)
        where T : struct, IBinaryInteger<T> => argument =>
        T.TryParse(Single(argument), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= min && value <= max
            ? value
            : Refuse<T>(argument, $"a whole number from {min} to {max}");

    /// <summary>A time in seconds above zero, at most a day; decimals are fine.</summary>
    public static TimeSpan Seconds(ArgumentResult argument) =>
        double.TryParse(Single(argument), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : Refuse<TimeSpan>(argument, "a number of seconds above 0, at most 86400");

    public static FrameRate Rate(ArgumentResult argument) => FrameRates.TryParse(Single(argument), out FrameRate rate)
        ? rate
        : Refuse<FrameRate>(argument, "frames per second from 1 to 240 such as 24, 29.97 or 30000/1001");

    public static VideoCodec Codec(ArgumentResult argument) => Single(argument) switch
    {
        "h264" => VideoCodec.H264,
        "ffv1" => VideoCodec.Ffv1,
        _ => Refuse<VideoCodec>(argument, "h264 or ffv1"),
    };

    /// <summary>The name of a file or folder.</summary>
    public static string Name(ArgumentResult argument)
    {
        string name = Single(argument);
        return name.Length > 0 && !name.Contains('\0', StringComparison.Ordinal) ? name : Refuse<string>(argument, "the name of a file")!;
    }

    /// <summary>A line of text that may stand in a file's metadata.</summary>
    public static string Line(ArgumentResult argument)
    {
        string line = Single(argument);
        return line.Length is > 0 and <= 500 && !line.Any(char.IsControl) ? line : Refuse<string>(argument, "one line of 1 to 500 characters")!;
    }

    // A parser is not called without a token, and the arity allows only one.
    private static string Single(ArgumentResult argument) => argument.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult argument, string allowed)
    {
        string given = new([.. Single(argument).Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
        argument.AddError($"{NameOf(argument)} takes {allowed}, not '{given}'.");
        return default;
    }

    private static string NameOf(ArgumentResult argument) =>
        argument.Parent is OptionResult option ? option.Option.Name : argument.Argument.Name;
}
