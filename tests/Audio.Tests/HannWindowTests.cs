namespace RenderFarm.Audio.Tests;

public class HannWindowTests
{
    [Fact]
    public void Two_windows_half_a_length_apart_add_up_to_one()
    {
        float[] window = HannWindow.Periodic(640);
        for (int n = 0; n < 320; n++)
            Assert.Equal(1, window[n] + window[n + 320], 1e-6);
        Assert.Equal(0, window[0]);
        Assert.Equal(1, window[320]);
    }
}
