using System.Text.Json;
using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.Media;
using RenderFarm.TestSupport;

namespace RenderFarm.MediaPipe.Tests;

[Collection(UsingNetworks.Name)]
public sealed class FaceLandmarkerTests(Networks networks)
{
    [RequiresFact(Needs.Packages)]
    public async Task The_portrait_of_the_demo_has_one_upright_face()
    {
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: true);
        RgbImage portrait = await DemoPortraitAsync();
        FaceLandmarks face = Assert.Single(landmarker.Detect(portrait, maxFaces: 5));
        Assert.Equal(478, face.Points.Count);
        Assert.InRange(face.Score, 0.9f, 1f);
        (Landmark forehead, Landmark chin, Landmark leftIris, Landmark rightIris) =
            (face.Points[10], face.Points[152], face.Points[FaceParts.LeftIris], face.Points[FaceParts.RightIris]);
        Assert.True(forehead.Y < leftIris.Y && leftIris.Y < chin.Y && leftIris.X < rightIris.X);
        Assert.All(face.Points, p => Assert.True(
            p.X >= face.Box.Left && p.X <= face.Box.Right && p.Y >= face.Box.Top && p.Y <= face.Box.Bottom && float.IsFinite(p.Z)));
    }

    [RequiresFact(Needs.Packages)]
    public async Task The_same_picture_gives_the_same_bits_whatever_was_seen_before()
    {
        RgbImage portrait = await DemoPortraitAsync();
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: true);
        IReadOnlyList<Landmark> first = landmarker.Detect(portrait, maxFaces: 1)[0].Points;
        landmarker.Detect(Noise(seed: 1, 300, 200), maxFaces: 3);
        Assert.Equal(first, landmarker.Detect(portrait, maxFaces: 1)[0].Points);
        using FaceLandmarker another = networks.FaceLandmarker(refined: true);
        Assert.Equal(first, another.Detect(portrait, maxFaces: 1)[0].Points);
    }

    [RequiresFact(Needs.Packages)]
    public async Task Of_several_faces_the_largest_come_first()
    {
        RgbImage portrait = await HeadAsync();
        int side = portrait.Width;
        RgbImage group = Black(side * 5 / 2, side);
        Paste(portrait, group, left: 0, top: 0, scale: 0.625);
        Paste(portrait, group, left: side * 5 / 8, top: 0, scale: 1);
        Paste(portrait, group, left: side * 13 / 8, top: 0, scale: 0.875);
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: false);
        FaceLandmarks alone = Assert.Single(landmarker.Detect(portrait, maxFaces: 9));

        IReadOnlyList<FaceLandmarks> faces = landmarker.Detect(group, maxFaces: 9);
        Assert.Equal(3, faces.Count);
        AssertAt(side * 5 / 8, 1, alone, faces[0]);
        AssertAt(side * 13 / 8, 0.875, alone, faces[1]);
        AssertAt(0, 0.625, alone, faces[2]);
        Assert.Equal(faces[0].Points, Assert.Single(landmarker.Detect(group, maxFaces: 1)).Points);
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(0.5, 700, 100)]
    [InlineData(0.25, 40, 600)]
    [InlineData(0.25, 1500, 300)]
    public async Task A_small_face_is_found_by_looking_closer(double scale, int left, int top)
    {
        RgbImage portrait = await HeadAsync();
        RgbImage wide = Black(2000, 1000);
        Paste(portrait, wide, left, top, scale);
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: false);
        FaceLandmarks alone = Assert.Single(landmarker.Detect(portrait, maxFaces: 9));
        FaceLandmarks face = Assert.Single(landmarker.Detect(wide, maxFaces: 9));
        Assert.Equal(left + (alone.Box.Left * scale), face.Box.Left, 6.0);
        Assert.Equal(top + (alone.Box.Bottom * scale), face.Box.Bottom, 6.0);
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(1, 1)]
    [InlineData(20, 20)]
    [InlineData(2000, 3)]
    [InlineData(640, 480)]
    public void A_picture_without_a_face_has_none(int width, int height)
    {
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: true);
        Assert.Empty(landmarker.Detect(Noise(seed: 2, width, height), maxFaces: 3));
        Assert.Empty(landmarker.Detect(Black(width, height), maxFaces: 3));
    }

    [RequiresFact(Needs.Packages)]
    public void A_folder_without_networks_is_named()
    {
        PermanentException error = Assert.Throws<PermanentException>(() => new FaceLandmarker(networks.Runtime, "/nowhere"));
        Assert.Contains("/nowhere", error.Message, StringComparison.Ordinal);
    }

    [RequiresFact(Needs.Packages | Needs.Shared)]
    public async Task Network_inputs_have_the_values_of_the_reference()
    {
        using JsonDocument goldens = JsonDocument.Parse(
            await File.ReadAllBytesAsync(SharedFolder.At("goldens/mediapipe/intermediate_tensors.json")));
        JsonElement expected = goldens.RootElement.GetProperty("image_0035");
        RgbImage image = await Pictures.PortraitAsync("0035.png");
        DetectorLayout layout = DetectorLayout.FaceShortRange;
        float[] detectorInput = new float[128 * 128 * 3];
        CropSampler.Sample(
            image, Region.Around(image.Width, image.Height), layout.InputSize, CropBorder.Black, layout.Scale, layout.Offset, detectorInput);
        AssertStatistics(expected.GetProperty("face_det_input_nhwc"), detectorInput);

        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: false);
        float[] meshInput = new float[192 * 192 * 3];
        CropSampler.Sample(image, landmarker.FindRegions(image).First(), 192, CropBorder.Replicate, 1 / 255f, 0, meshInput);
        AssertStatistics(expected.GetProperty("face_input_nhwc"), meshInput);
    }

    private static void AssertStatistics(JsonElement expected, float[] actual)
    {
        Assert.Equal(expected.GetProperty("n").GetInt32(), actual.Length);
        Assert.Equal(expected.GetProperty("mean").GetDouble(), actual.Average(v => (double)v), 1e-5);
        Assert.Equal(expected.GetProperty("min").GetDouble(), actual.Min(), 1e-4);
        Assert.Equal(expected.GetProperty("max").GetDouble(), actual.Max(), 1e-4);
        JsonElement first = expected.GetProperty("first8");
        for (int i = 0; i < 8; i++)
            Assert.Equal(first[i].GetDouble(), actual[i], 1e-4);
    }

    private static Task<RgbImage> DemoPortraitAsync() => new ImageDecoder(MediaTools.FromPath).DecodeAsync(
        Path.Combine(RepositoryRoot.Folder, "services/Farm/Demo/portrait.png"), CancellationToken.None);

    /// <summary>The demo portrait's middle, where the head is.</summary>
    private static async Task<RgbImage> HeadAsync()
    {
        RgbImage whole = await DemoPortraitAsync();
        using JsonDocument crop = JsonDocument.Parse("""[["crop", 257, 113, 512, 512]]""");
        return Pictures.Derive(whole, crop.RootElement);
    }

    private static void AssertAt(int left, double scale, FaceLandmarks alone, FaceLandmarks face)
    {
        const double Tolerance = 20; // other pixels and another region move landmarks by some; the faces lie hundreds apart
        Assert.Equal(left + (alone.Box.Left * scale), face.Box.Left, Tolerance);
        Assert.Equal(alone.Box.Bottom * scale, face.Box.Bottom, Tolerance);
    }

    private static RgbImage Black(int width, int height) => new(width, height, new byte[width * height * 3]);

    private static RgbImage Noise(int seed, int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Nearest pixels, top left corner at (left, top).</summary>
    private static void Paste(RgbImage source, RgbImage target, int left, int top, double scale)
    {
        for (int y = 0; y < (int)(source.Height * scale); y++)
        {
            for (int x = 0; x < (int)(source.Width * scale); x++)
            {
                int from = (((int)(y / scale) * source.Width) + (int)(x / scale)) * 3;
                source.PixelsHWC.AsSpan(from, 3).CopyTo(target.PixelsHWC.AsSpan((((top + y) * target.Width) + left + x) * 3));
            }
        }
    }
}
