using RenderFarm.Farm.Commands;

namespace RenderFarm.Farm.Tests.Commands;

public sealed class CommandLineTests
{
    private static readonly string[] Files = ["--portrait", "no-portrait.png", "--audio", "no-audio.wav", "--out", "video.mp4"];

    [Theory]
    [InlineData("--size", "0", "--size takes a whole number from 2 to 8192, not '0'.")]
    [InlineData("--size", "512.5", "--size takes a whole number from 2 to 8192, not '512.5'.")]
    [InlineData("--size", "1e3", "--size takes a whole number from 2 to 8192, not '1e3'.")]
    [InlineData("--fps", "0", "not '0'.")]
    [InlineData("--fps", "30/0", "not '30/0'.")]
    [InlineData("--fps", "nan", "not 'nan'.")]
    [InlineData("--fps", "-24", "not '-24'.")]
    [InlineData("--fps", "1000", "not '1000'.")]
    [InlineData("--crf", "52", "--crf takes a whole number from 0 to 51, not '52'.")]
    [InlineData("--crf", "-1", "--crf takes a whole number from 0 to 51, not '-1'.")]
    [InlineData("--steps", "0", "--steps takes a whole number from 1 to 1000, not '0'.")]
    [InlineData("--steps", "1001", "not '1001'.")]
    [InlineData("--workers", "0", "--workers takes a whole number from 1 to 64, not '0'.")]
    [InlineData("--workers", "65", "not '65'.")]
    [InlineData("--segment-seconds", "0", "--segment-seconds takes a number of seconds above 0, at most 86400, not '0'.")]
    [InlineData("--segment-seconds", "NaN", "not 'NaN'.")]
    [InlineData("--segment-seconds", "-3", "not '-3'.")]
    [InlineData("--seed", "-1", "--seed takes a whole number from 0 to 18446744073709551615, not '-1'.")]
    [InlineData("--seed", "18446744073709551616", "not '18446744073709551616'.")]
    [InlineData("--codec", "h265", "--codec takes h264 or ffv1, not 'h265'.")]
    [InlineData("--title", "two\nlines", "--title takes one line of 1 to 500 characters, not 'two?lines'.")]
    [InlineData("--out", "", "--out takes the name of a file, not ''.")]
    public async Task A_value_that_makes_no_sense_is_refused_with_what_is_allowed(string option, string value, string sentence)
    {
        string[] others = [.. Files.Chunk(2).Where(pair => pair[0] != option).SelectMany(pair => pair)];
        (int exitCode, string output, string error) = await Invocation.RunAsync(["render", .. others, option, value]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pose", "track.json")] // comes later: until it does something it must not be accepted
    [InlineData("--sise", "512")]
    public async Task An_option_that_does_nothing_yet_is_refused(string option, string value)
    {
        (int exitCode, _, string error) = await Invocation.RunAsync(["render", .. Files, option, value]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--crf", "20", "--codec", "ffv1", "--crf is for h264")]
    [InlineData("--size", "511", "--seed", "1", "511")]
    public async Task Options_that_do_not_go_together_or_not_with_the_pack_are_refused(string a, string av, string b, string bv, string words)
    {
        using TempFolder folder = new();
        string some = folder.Write("some.wav", "RIFF");
        (int exitCode, _, string error) = await Invocation.RunAsync(
            "render", "--portrait", some, "--audio", Samples.Lecture, "--out", folder.At(bv == "ffv1" ? "v.mkv" : "v.mp4"), a, av, b, bv);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, exitCode);
    }

    [Fact]
    public async Task The_same_option_twice_is_refused() =>
        Assert.Equal(ExitCode.Usage, (await Invocation.RunAsync(["render", .. Files, "--size", "512", "--size", "256"])).ExitCode);

    [Fact]
    public async Task An_argument_that_starts_with_an_at_sign_is_a_file_name_and_no_list_of_arguments()
    {
        using TempFolder folder = new();
        string arguments = folder.Write("arguments", "--help");
        (int exitCode, string output, string error) = await Invocation.RunAsync("render", "--portrait", "@" + arguments, "--audio", "a", "--out", "v.mp4");
        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Empty(output);
        Assert.Contains("There is no portrait file '@", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("render", "--help")]
    [InlineData("demo", "--help")]
    [InlineData("packs", "--help")]
    public async Task Help_is_help_even_where_required_options_are_missing(params string[] args)
    {
        (int exitCode, string output, string error) = await Invocation.RunAsync(args);
        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Help_of_render_names_every_option_with_its_default_and_examples()
    {
        string help = (await Invocation.RunAsync("render", "--help")).Output;
        string[] options =
        [
            "--portrait", "--audio", "--out", "--pack", "--size", "--fps", "--seed", "--workers", "--segment-seconds", "--steps",
            "--codec", "--crf", "--title", "--keep-frames", "--force", "--json", "--verbose",
        ];
        Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
        string[] defaults = ["[default: puppet]", "[default: 512]", "[default: 24]", "[default: 420]", "[default: h264]", "[default: 18]", "Examples:"];
        Assert.All(defaults, text => Assert.Contains(text, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_the_exit_code_says_usage()
    {
        (int exitCode, string output, _) = await Invocation.RunAsync();
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("render", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_go_to_the_error_output_and_as_an_event_to_scripts()
    {
        (int exitCode, string output, string error) = await Invocation.RunAsync(["render", .. Files, "--json"]);
        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.StartsWith("""{"event":"failed","v":1,"sentence":"There is no portrait file""", output, StringComparison.Ordinal);
        Assert.StartsWith("error: There is no portrait file 'no-portrait.png'", error, StringComparison.Ordinal);
    }
}
