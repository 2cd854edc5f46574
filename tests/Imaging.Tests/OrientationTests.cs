namespace RenderFarm.Imaging.Tests;

public sealed class OrientationTests
{
    // Stored as rows "ABC" over "DEF"; what a viewer must show for each value of the tag.
    [Theory]
    [InlineData(1, "ABC/DEF")]
    [InlineData(2, "CBA/FED")]
    [InlineData(3, "FED/CBA")]
    [InlineData(4, "DEF/ABC")]
    [InlineData(5, "AD/BE/CF")]
    [InlineData(6, "DA/EB/FC")]
    [InlineData(7, "FC/EB/DA")]
    [InlineData(8, "CF/BE/AD")]
    public void A_picture_is_turned_as_its_tag_says(int exif, string expected) => Assert.Equal(expected, Text(Orientation.Upright(Letters("ABC/DEF"), exif)));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void An_unknown_tag_is_an_error(int exif) => Assert.Throws<ArgumentOutOfRangeException>(() => Orientation.Upright(Letters("AB/CD"), exif));

    private static RgbImage Letters(string rows)
    {
        string[] lines = rows.Split('/');
        return new RgbImage(lines[0].Length, lines.Length, [.. lines.SelectMany(line => line).SelectMany(c => (byte[])[(byte)c, (byte)(c + 32), (byte)(c + 64)])]);
    }

    private static string Text(RgbImage image)
    {
        for (int i = 0; i < image.PixelsHWC.Length; i += 3)
            Assert.Equal((image.PixelsHWC[i] + 32, image.PixelsHWC[i] + 64), (image.PixelsHWC[i + 1], image.PixelsHWC[i + 2]));
        return string.Join('/', Enumerable.Range(0, image.Height).Select(y =>
            string.Concat(Enumerable.Range(0, image.Width).Select(x => (char)image.PixelsHWC[((y * image.Width) + x) * 3]))));
    }
}
