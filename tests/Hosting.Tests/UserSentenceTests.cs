using RenderFarm.Failures;

namespace RenderFarm.Hosting.Tests;

public sealed class UserSentenceTests
{
    [Fact]
    public async Task The_path_of_a_local_copy_does_not_reach_the_user()
    {
        PermanentException error = await Assert.ThrowsAsync<PermanentException>(() => UserSentence.WithoutPathAsync(
            "/tmp/x/audio", () => throw new PermanentException("The audio '/tmp/x/audio' has no sound: choose another file.")));
        Assert.Equal("The audio has no sound: choose another file.", error.Message);
    }
}
