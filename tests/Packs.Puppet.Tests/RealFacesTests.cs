using System.Numerics;
using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Packs.Puppet.Portraits;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

/// <summary>Portraits as users send them, judged with the real networks.</summary>
public sealed class RealFacesTests(Networks networks) : IClassFixture<Networks>
{
    [RequiresFact(Needs.Packages)]
    public void The_demo_portrait_is_good_without_a_warning()
    {
        RgbImage portrait = RealInputs.Picture(Path.Combine(RepositoryRoot.Folder, "services/Farm/Demo/portrait.png"));
        (PreparedPortrait prepared, IReadOnlyList<string> warnings) = Prepare(portrait, 512);
        Assert.Empty(warnings);
        Assert.InRange(prepared.Face[152].Y / 512, 0.40f, 0.55f); // the chin is where the drawing has it
        Assert.Equal(0, prepared.BuildStage().Mouth.Parted);
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public void The_face_lies_in_the_video_where_the_official_package_finds_it()
    {
        PreparedPortrait prepared = Prepare(RealInputs.Portrait("0035"), 512).Portrait;
        PortraitFace golden = RealInputs.GoldenFace("0035").Transformed(0.5f, default);
        for (int i = 0; i < PortraitFace.PointCount; i++)
            Assert.True(Vector2.Distance(golden[i], prepared.Face[i]) < 0.1f, $"point {i}: {golden[i]} and {prepared.Face[i]}");
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public void Of_two_people_the_nearer_one_is_shown_with_a_warning()
    {
        RgbImage near = RealInputs.Portrait("0163");
        RgbImage far = AreaReduction.By(2, RealInputs.Portrait("0247"));
        byte[] pixels = new byte[1024 * 512 * 3];
        for (int y = 0; y < 512; y++)
        {
            near.PixelsHWC.AsSpan(3 * (((y + 60) * 1024) + 250), 512 * 3).CopyTo(pixels.AsSpan(y * 1024 * 3));
            far.PixelsHWC.AsSpan(y * 512 * 3, 512 * 3).CopyTo(pixels.AsSpan(((y * 1024) + 512) * 3));
        }

        (PreparedPortrait prepared, IReadOnlyList<string> warnings) = Prepare(new RgbImage(1024, 512, pixels), 256);
        Assert.Equal(["The portrait shows 2 faces; the largest one is used."], warnings);
        Assert.InRange(prepared.Face.Height, 100, 115);
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public void A_small_person_in_a_high_picture_is_found()
    {
        // A whole body: the face is 28 pixels of 1500 high for the detector's first look.
        RgbImage small = AreaReduction.By(3, RealInputs.Portrait("0014"));
        byte[] pixels = new byte[400 * 1500 * 3];
        Array.Fill(pixels, (byte)150);
        for (int y = 0; y < small.Height; y++)
            small.PixelsHWC.AsSpan(y * small.Width * 3, small.Width * 3).CopyTo(pixels.AsSpan((((y + 500) * 400) + 30) * 3));
        PreparedPortrait prepared = Prepare(new RgbImage(400, 1500, pixels), 512).Portrait;
        Assert.InRange(prepared.Face[1].Y, 60, 400);
        Assert.InRange(prepared.Face[1].X, 200, 312);
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(0)]
    [InlineData(80)]
    public void A_picture_of_nobody_is_refused(int noise)
    {
        var random = new Random(1);
        byte[] pixels = [.. Enumerable.Range(0, 300 * 400 * 3).Select(_ => (byte)(128 + random.Next(-noise, noise + 1)))];
        PermanentException refusal = Assert.Throws<PermanentException>(() => Prepare(new RgbImage(300, 400, pixels), 512));
        Assert.StartsWith("No face was found in the portrait;", refusal.Message, StringComparison.Ordinal);
    }

    private (PreparedPortrait Portrait, IReadOnlyList<string> Warnings) Prepare(RgbImage portrait, int size)
    {
        using MediaPipeFaces faces = networks.OpenFaces();
        return PortraitPreparation.Prepare(portrait, size, faces);
    }
}
