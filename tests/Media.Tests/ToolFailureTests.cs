using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

public sealed class ToolFailureTests
{
    [Theory]
    [InlineData(1, "av_interleaved_write_frame(): No space left on device", "is full")]
    [InlineData(1, "Error writing trailer: Disk quota exceeded", "is full")]
    [InlineData(1, "file:/out/a.mp4: Permission denied", "Nothing can be written to the folder '/out'")]
    [InlineData(1, "file:/out/a.mp4: Read-only file system", "Nothing can be written to the folder '/out'")]
    public void What_only_a_person_can_mend_is_permanent_and_names_the_folder(int exitCode, string stderr, string expected)
    {
        PermanentException permanent = Assert.IsType<PermanentException>(ToolFailure.Classify("ffmpeg", exitCode, stderr, "/out"));
        Assert.Contains(expected, permanent.Message, StringComparison.Ordinal);
        Assert.Contains("'/out'", permanent.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(137, "")]
    [InlineData(139, "")]
    [InlineData(255, "Exiting normally, received signal 15.")]
    [InlineData(1, "Error while filtering: Cannot allocate memory")]
    public void What_the_surroundings_did_is_worth_another_try(int exitCode, string stderr) =>
        Assert.IsType<TransientException>(ToolFailure.Classify("ffmpeg", exitCode, stderr, "/out"));

    [Fact]
    public void Anything_else_keeps_exit_code_and_last_words()
    {
        MediaToolException other = Assert.IsType<MediaToolException>(ToolFailure.Classify("ffmpeg", 69, "Unknown encoder", "/out"));
        Assert.Equal((69, "Unknown encoder"), (other.ExitCode, other.ErrorTail));
    }

    [Fact]
    public void A_reader_without_output_is_never_told_about_folders() =>
        Assert.IsType<MediaToolException>(ToolFailure.Classify("ffprobe", 1, "Permission denied", null));

    [Theory]
    [InlineData("plain.wav", "plain.wav")]
    [InlineData("a\nb\u001b[31m\u202Egpj.exe\u0007", "a?b?[31m?gpj.exe?")]
    [InlineData("größe 講義 🎤.wav", "größe 講義 🎤.wav")]
    public void A_name_in_a_sentence_cannot_move_the_cursor_or_the_reading_direction(string name, string shown) =>
        Assert.Equal(shown, ShownPath.Of(name));

    [Fact]
    public void A_very_long_name_is_cut() => Assert.InRange(ShownPath.Of(new string('x', 5000)).Length, 100, 200);
}
