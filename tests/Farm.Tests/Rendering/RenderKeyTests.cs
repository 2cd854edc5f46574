using RenderFarm.Contracts;
using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Tests.Rendering;

public sealed class RenderKeyTests
{
    private static readonly RenderSettings Settings = new()
    {
        Pack = "puppet",
        Seed = 420,
        Steps = 6,
        Encoding = new() { Codec = VideoCodec.H264, Crf = 18, FrameRate = new(24, 1), SizePixels = 512 },
    };

    public static TheoryData<string> Differences { get; } = [.. Variants.Keys];

    private static Dictionary<string, Func<RenderKey>> Variants => new()
    {
        ["portrait"] = () => Key(portrait: "other"),
        ["audio"] = () => Key(audio: "other"),
        ["title"] = () => Key(title: "other"),
        ["segment length"] = () => Key(segmentLength: TimeSpan.FromSeconds(3)),
        ["program"] = () => Key(program: "other"),
        ["pack"] = () => Key(Settings with { Pack = "other" }),
        ["seed"] = () => Key(Settings with { Seed = 421 }),
        ["steps"] = () => Key(Settings with { Steps = 7 }),
        ["closing"] = () => Key(Settings with { Closing = WindowClosing.Ring }),
        ["kept frames"] = () => Key(Settings with { KeepFrames = true }),
        ["codec"] = () => Key(Settings with { Encoding = Settings.Encoding with { Codec = VideoCodec.Ffv1 } }),
        ["crf"] = () => Key(Settings with { Encoding = Settings.Encoding with { Crf = 19 } }),
        ["size"] = () => Key(Settings with { Encoding = Settings.Encoding with { SizePixels = 256 } }),
        ["numerator"] = () => Key(Settings with { Encoding = Settings.Encoding with { FrameRate = new(25, 1) } }),
        ["denominator"] = () => Key(Settings with { Encoding = Settings.Encoding with { FrameRate = new(24, 2) } }),
    };

    [Fact]
    public void The_same_command_finds_its_own_state_again()
    {
        Assert.Equal(Key(), Key());
        Assert.Matches("^[0-9a-f]{32}$", Key().Text);
        Assert.Equal(Key().Text, Key().JobId.ToString("N"));
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Whatever_changes_the_result_makes_another_render(string difference) => Assert.NotEqual(Key(), Variants[difference]());

    [Fact]
    public async Task Only_the_bytes_of_the_inputs_count_not_their_names()
    {
        using TempFolder temp = new();
        string a = temp.Write("a", "same"), b = temp.Write("b", "same"), c = temp.Write("c", "different");
        Task<RenderKey> Of(string portrait, string audio) => RenderKey.OfAsync(portrait, audio, Settings, "t", null, "p", CancellationToken.None);
        Assert.Equal(await Of(a, c), await Of(b, c));
        Assert.NotEqual(await Of(a, c), await Of(c, a));
    }

    private static RenderKey Key(
        RenderSettings? settings = null, string portrait = "p", string audio = "a", string title = "t", TimeSpan? segmentLength = null, string program = "x") =>
        RenderKey.Of(portrait, audio, settings ?? Settings, title, segmentLength, program);
}
