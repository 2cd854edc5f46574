using static RenderFarm.Packs.Tests.Manifests;

namespace RenderFarm.Packs.Tests;

public sealed class PackManifestRulesTests
{
    [Fact]
    public void An_ordinary_manifest_is_valid() => Assert.Null(PackManifestRules.FirstViolation(AManifest()));

    public static TheoryData<string, PackManifest> BrokenManifests => new()
    {
        { "name", AManifest("../puppet") },
        { "name", AManifest(new string('a', 65)) },
        { "name", AManifest("puppet\n") },
        { "version", AManifest() with { Version = " " } },
        { "summary", AManifest() with { Summary = "two\nlines" } },
        { "windowFrames", AManifest() with { WindowFrames = 0 } },
        { "windowOverlapFrames", AManifest() with { WindowOverlapFrames = 12 } },
        { "windowShiftFrames", AManifest() with { WindowShiftFrames = -1 } },
        { "defaultSteps", AManifest() with { DefaultSteps = 0 } },
        { "sizeMultiplePixels", AManifest() with { SizeMultiplePixels = 7 } },
        { "minSizePixels", AManifest() with { MinSizePixels = 0 } },
        { "maxSizePixels", AManifest() with { MaxSizePixels = 100 } },
        { "noiseClamp", AManifest() with { NoiseClamp = float.NaN } },
    };

    [Theory]
    [MemberData(nameof(BrokenManifests))]
    public void A_broken_rule_is_named_by_its_field(string field, PackManifest manifest) =>
        Assert.StartsWith($"'{field}' must", PackManifestRules.FirstViolation(manifest), StringComparison.Ordinal);

    [Theory]
    [InlineData(128, true)]
    [InlineData(512, true)]
    [InlineData(120, false)]
    [InlineData(516, false)]
    [InlineData(1032, false)]
    public void A_size_must_lie_in_the_range_and_on_the_grid(int size, bool valid) =>
        Assert.Equal(valid, PackManifestRules.SizeViolation(AManifest(), size) is null);
}
