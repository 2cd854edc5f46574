namespace RenderFarm.Audio.Tests;

public class AttackReleaseFollowerTests
{
    [Fact]
    public void It_rises_with_the_attack_and_falls_with_the_release()
    {
        var follower = new AttackReleaseFollower(attack: 0.5, release: 0.25);
        Assert.Equal([0.5, 0.75, 0.5625], [follower.Next(1), follower.Next(1), follower.Next(0)]);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.01)]
    [InlineData(0.04)]
    public void Another_step_length_moves_alike_in_real_time(double stepSeconds)
    {
        var known = new AttackReleaseFollower(0.85, 0.6);
        var rescaled = AttackReleaseFollower.PerStep(0.85, 0.6, knownStepSeconds: 0.04, stepSeconds);
        int stepsPerKnown = (int)Math.Round(0.04 / stepSeconds);
        foreach (double input in new[] { 1.0, 1.0, 0.2, 0.0, 0.7 })
        {
            double expected = known.Next(input);
            for (int i = 0; i < stepsPerKnown; i++)
                rescaled.Next(input);
            Assert.Equal(expected, rescaled.Value, 1e-12);
        }
    }
}
