using System.Text.Json;
using RenderFarm.Imaging;
using RenderFarm.TestSupport;
using Xunit.Abstractions;

namespace RenderFarm.MediaPipe.Tests;

/// <summary>Against the landmarks of Google's own browser package: goldens/mediapipe/README.md tells how they were made.</summary>
[Collection(UsingNetworks.Name)]
public sealed class FaceGoldenTests(Networks networks, ITestOutputHelper output)
{
    [RequiresTheory(Needs.Shared | Needs.Packages)]
    [InlineData("face478.json", true)]
    [InlineData("face468.json", false)]
    [InlineData("face478_variants.json", true)]
    [InlineData("face468_variants.json", false)]
    public async Task Landmarks_of_stills_equal_the_official_ones(string golden, bool refined)
    {
        using JsonDocument expected = Read(golden);
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined);
        Agreement agreement = new();
        foreach (JsonProperty picture in expected.RootElement.GetProperty("images").EnumerateObject())
        {
            RgbImage image = await PictureAsync(picture);
            JsonElement faces = picture.Value.GetProperty("faces");
            IReadOnlyList<FaceLandmarks> found = landmarker.Detect(image, maxFaces: 1);
            Assert.True(faces.GetArrayLength() == found.Count, $"{picture.Name}: {found.Count} faces instead of {faces.GetArrayLength()}");
            for (int i = 0; i < found.Count; i++)
                agreement.Add(picture.Name, image.Width, image.Height, found[i].Points, faces[i].GetProperty("landmarks"));
        }

        output.WriteLine($"{golden}: {agreement}");
        agreement.AssertWithin(mean: 0.002, max: 0.02);
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public async Task Landmarks_followed_through_a_video_equal_the_official_ones()
    {
        using JsonDocument expected = Read("face468_track_0035.json");
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: false);
        FaceTracker tracker = new(landmarker, maxFaces: 1);
        RgbImage source = await Pictures.PortraitAsync(expected.RootElement.GetProperty("source").GetString()!);
        Agreement agreement = new();
        int number = 0;
        foreach (JsonElement frame in expected.RootElement.GetProperty("frames").EnumerateArray())
        {
            RgbImage image = Pictures.Derive(source, frame.GetProperty("ops"));
            JsonElement faces = frame.GetProperty("faces");
            IReadOnlyList<FaceLandmarks> found = tracker.Track(image);
            Assert.True(faces.GetArrayLength() == found.Count, $"frame {number}: {found.Count} faces");
            for (int i = 0; i < found.Count; i++)
                agreement.Add($"frame {number}", image.Width, image.Height, found[i].Points, faces[i].GetProperty("landmarks"));
            number++;
        }

        output.WriteLine(agreement.ToString());
        agreement.AssertWithin(mean: 0.02, max: 0.2);
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public async Task Detections_and_regions_on_the_way_equal_the_reference()
    {
        using JsonDocument expected = Read("intermediate_face.json");
        using FaceLandmarker landmarker = networks.FaceLandmarker(refined: false);
        foreach (JsonProperty picture in expected.RootElement.GetProperty("images").EnumerateObject())
        {
            RgbImage image = await Pictures.PortraitAsync(picture.Name);
            JsonElement face = picture.Value.GetProperty("faces")[0];
            Region region = landmarker.FindRegions(image).First();
            AssertRegion(picture.Name, face.GetProperty("roi"), region);
            (FaceLandmarks found, Region next) = landmarker.Read(image, region)!.Value;
            Assert.Equal(face.GetProperty("presence").GetDouble(), found.Score, 1e-3);
            AssertRegion(picture.Name + " next", face.GetProperty("next_roi"), next);
        }
    }

    private static void AssertRegion(string where, JsonElement expected, Region actual)
    {
        void Close(string what, double value, double tolerance)
        {
            double wanted = expected.GetProperty(what).GetDouble();
            Assert.True(Math.Abs(wanted - value) <= tolerance, $"{where}: {what} is {value}, the reference {wanted}");
        }

        Close("cx", actual.CentreX, 0.01);
        Close("cy", actual.CentreY, 0.01);
        Close("width", actual.Side, 0.02);
        Close("rotation", actual.Rotation, 1e-4);
    }

    private static async Task<RgbImage> PictureAsync(JsonProperty picture) => picture.Value.TryGetProperty("source", out JsonElement source)
        ? Pictures.Derive(await Pictures.PortraitAsync(source.GetString()!), picture.Value.GetProperty("ops"))
        : await Pictures.PortraitAsync(picture.Name);

    private static JsonDocument Read(string golden) => JsonDocument.Parse(File.ReadAllBytes(SharedFolder.At("goldens/mediapipe/" + golden)));
}
