using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Packs.Puppet.Portraits;

namespace RenderFarm.Packs.Puppet.Tests;

public class PortraitTests
{
    [Fact]
    public void The_crop_is_the_largest_square_inside_the_portrait() =>
        Prop.ForAll<ushort, ushort, byte>((w, h, where) =>
        {
            int width = 64 + (w % 4000);
            int height = 64 + (h % 4000);
            PortraitFace face = FaceAt(new Vector2(width * where / 255f, height * (255 - where) / 255f), height: 50);
            SquareCrop crop = SquareCrop.Around(width, height, face);
            return crop.Side == Math.Min(width, height) && crop.Left >= 0 && crop.Top >= 0 && crop.Left + crop.Side <= width && crop.Top + crop.Side <= height;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void In_a_wide_portrait_the_face_is_in_the_middle()
    {
        SquareCrop crop = SquareCrop.Around(1600, 800, FaceAt(new Vector2(1000, 300), height: 150));
        Assert.Equal(new SquareCrop(600, 0, 800), crop);
    }

    [Fact]
    public void In_a_high_portrait_there_is_air_above_the_head()
    {
        SquareCrop crop = SquareCrop.Around(800, 2400, FaceAt(new Vector2(400, 1000), height: 200));
        float top = FaceAt(new Vector2(400, 1000), height: 200)[10].Y;
        Assert.InRange(top - crop.Top, 0.35f * 200, 0.3f * 800);
        Assert.True(crop.Top + crop.Side > 1000 + 200);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(128)]
    [InlineData(1000)]
    public void Resampling_keeps_colours_and_places(int side)
    {
        // A slope in x and another in y: at position p of the video the texture must hold the slope's value there, whatever the scale.
        const int Size = 128;
        byte[] pixels = new byte[side * side * 3];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int at = 3 * ((y * side) + x);
                pixels[at] = (byte)Math.Round(40 + (160 * (x + 0.5) / side));
                pixels[at + 1] = (byte)Math.Round(200 - (160 * (y + 0.5) / side));
                pixels[at + 2] = 77;
            }
        }

        var texture = new PuppetTexture(Size, TextureResampling.Resample(new RgbImage(side, side, pixels), new SquareCrop(0, 0, side), Size));
        foreach ((float x, float y) in new[] { (10f, 20f), (64.25f, 64.5f), (100.1f, 30.9f), (115.5f, 115.5f) })
        {
            Rgb read = texture.Read(x, y);
            Assert.InRange(read.R - (40 + (160 * x / Size)), -1.6, 1.6);
            Assert.InRange(read.G - (200 - (160 * y / Size)), -1.6, 1.6);
            Assert.Equal(77, read.B);
        }
    }

    [Fact]
    public void A_pixel_at_rest_is_a_texel_itself()
    {
        byte[] texels = [.. Enumerable.Range(0, 256 * 256 * 3).Select(i => (byte)(i * 37 % 251))];
        var texture = new PuppetTexture(128, texels);
        for (int i = 0; i < 128; i++)
        {
            int at = 3 * ((2 * i * 256) + (2 * i));
            Assert.Equal(new Rgb(texels[at], texels[at + 1], texels[at + 2]), texture.Read(i + 0.5f, i + 0.5f));
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 5)]
    [InlineData(1e30f, -1e30f)]
    [InlineData(-300, 1000)]
    public void Reads_far_outside_give_the_nearest_edge(float x, float y)
    {
        byte[] texels = new byte[256 * 256 * 3];
        Array.Fill(texels, (byte)9);
        Assert.Equal(new Rgb(9, 9, 9), new PuppetTexture(128, texels).Read(x, y));
    }

    [Fact]
    public void Reducing_averages_areas()
    {
        RgbImage reduced = AreaReduction.By(2, new RgbImage(5, 2, [0, 0, 0, 10, 20, 30, 1, 1, 1, 1, 1, 1, 9, 9, 9, 20, 20, 20, 30, 40, 50, 1, 1, 1, 1, 1, 1, 9, 9, 9]));
        Assert.Equal((2, 1), (reduced.Width, reduced.Height));
        Assert.Equal<byte>([15, 20, 25, 1, 1, 1], reduced.PixelsHWC);
    }

    [Fact]
    public void A_face_too_small_for_the_whole_picture_is_found_in_a_part()
    {
        var faces = new NearSightedFaces(new Vector2(1210, 330), height: 40, mostWidth: 500);
        PortraitFace face = Assert.Single(FaceSearch.Find(faces, new RgbImage(1600, 900, new byte[1600 * 900 * 3])));
        Assert.Equal(new Vector2(1210, 330), face[1]);
        Assert.True(faces.Looks > 3);
    }

    [Fact]
    public void Where_no_look_finds_a_face_there_is_none() =>
        Assert.Empty(FaceSearch.Find(new NearSightedFaces(new Vector2(5000, 5000), 40, 500), new RgbImage(200, 100, new byte[200 * 100 * 3])));

    private static PortraitFace FaceAt(Vector2 centre, float height)
    {
        var points = new Vector2[PortraitFace.PointCount];
        Array.Fill(points, centre);
        points[10] = centre - new Vector2(0, height / 2);
        points[152] = centre + new Vector2(0, height / 2);
        points[234] = centre - new Vector2(0.4f * height, 0);
        points[454] = centre + new Vector2(0.4f * height, 0);
        return new PortraitFace(points);
    }

    /// <summary>Sees a face only in pictures that are not too wide; recognises parts by their size, wherever they were cut.</summary>
    private sealed class NearSightedFaces(Vector2 centre, float height, int mostWidth) : IPortraitFaces
    {
        private int _part = -1;

        public int Looks { get; private set; }

        public IReadOnlyList<PortraitFace> Find(RgbImage portrait)
        {
            Looks++;
            if (portrait.Width > mostWidth)
                return [];

            // Tiles come row by row; their left and top follow from the size of the whole, which the test knows.
            _part++;
            const int Side = 450;
            int[] lefts = [.. Enumerable.Range(0, 7).Select(i => (1600 - Side) * i / 6)];
            int[] tops = [.. Enumerable.Range(0, 3).Select(i => (900 - Side) * i / 2)];
            if (portrait.Width != Side || _part >= lefts.Length * tops.Length)
                return [];
            Vector2 corner = new(lefts[_part % lefts.Length], tops[_part / lefts.Length]);
            Vector2 inPart = centre - corner;
            return inPart.X > height && inPart.X < Side - height && inPart.Y > height && inPart.Y < Side - height ? [FaceAt(inPart, height)] : [];
        }

        public void Dispose()
        {
        }
    }
}
