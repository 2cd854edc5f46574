using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>What a user reads when a portrait cannot be used.</summary>
internal static class ImageSentences
{
    public static PermanentException NotAPicture(string path, Exception? reason = null) => new(
        $"The portrait '{ShownPath.Of(path)}' is not a picture that can be read: give a PNG, JPEG or WebP file.", reason);

    public static PermanentException Heic(string path) => new(
        $"The portrait '{ShownPath.Of(path)}' is a HEIC picture, which is not supported: save it as JPEG or PNG.");

    public static PermanentException Broken(string path, Exception? reason = null) => new(
        $"The portrait '{ShownPath.Of(path)}' is damaged or not what it claims to be: save it again as PNG or JPEG.", reason);

    public static PermanentException TooSmall(string path, int width, int height) => new(
        $"The portrait '{ShownPath.Of(path)}' is only {width}x{height} pixels: choose a picture of at least {ImageDecoder.SmallestSidePixels} pixels a side.");

    public static PermanentException TooLarge(string path, int width, int height) => new(
        $"The portrait '{ShownPath.Of(path)}' is {width}x{height} pixels: choose a picture of at most {ImageDecoder.LargestSidePixels} pixels a side.");

    public static PermanentException TooLarge(string path, Exception? reason = null) => new(
        $"The portrait '{ShownPath.Of(path)}' is too large: choose a picture of at most {ImageDecoder.LargestSidePixels} pixels a side.", reason);

    public static PermanentException TooSlow(string path, Exception reason) => new(
        $"The portrait '{ShownPath.Of(path)}' takes too long to decode: save it again as PNG or JPEG.", reason);
}
