using System.CommandLine;
using RenderFarm.Contracts;
using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Commands;

/// <summary>The options of a render besides its files.</summary>
internal sealed class RenderSwitches
{
    private readonly Option<string> pack = new("--pack")
    {
        Description = "Model pack; 'farm packs list' shows what there is.",
        HelpName = "NAME",
        DefaultValueFactory = _ => RenderOptions.DefaultPack,
        CustomParser = OptionText.Line,
    };

    private readonly Option<int> size = new("--size")
    {
        Description = "Side of the square picture in pixels.",
        HelpName = "PIXELS",
        DefaultValueFactory = _ => RenderOptions.DefaultSizePixels,
        CustomParser = OptionText.Whole(2, 8192),
    };

    private readonly Option<FrameRate> fps = new("--fps")
    {
        Description = "Frames per second: 24, 29.97, 30000/1001. [default: 24]",
        HelpName = "RATE",
        CustomParser = OptionText.Rate,
    };

    private readonly Option<ulong> seed = new("--seed")
    {
        Description = "Another seed gives another performance, the same one the same video.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => RenderOptions.DefaultSeed,
        CustomParser = OptionText.Whole(ulong.MinValue, ulong.MaxValue),
    };

    private readonly Option<int> workers = new("--workers")
    {
        Description = "Segments rendered at once; does not change the picture. The default is one per two processor cores.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => RenderOptions.DefaultWorkers,
        CustomParser = OptionText.Whole(1, RenderOptions.MaxWorkers),
    };

    private readonly Option<TimeSpan> segmentSeconds = new("--segment-seconds")
    {
        Description = "Nominal length of a segment; does not change the picture. By default chosen from the length of the lecture.",
        HelpName = "SECONDS",
        CustomParser = OptionText.Seconds,
    };

    private readonly Option<int> steps = new("--steps")
    {
        Description = "Denoising steps. The default is what the pack recommends.",
        HelpName = "COUNT",
        CustomParser = OptionText.Whole(1, 1000),
    };

    private readonly Option<VideoCodec> codec = new("--codec")
    {
        Description = "h264, which plays everywhere, or ffv1, which keeps every bit. [default: h264]",
        HelpName = "h264|ffv1",
        CustomParser = OptionText.Codec,
    };

    private readonly Option<int> crf = new("--crf")
    {
        Description = "Quality of h264, 0 (best, largest) to 51.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => RenderOptions.DefaultCrf,
        CustomParser = OptionText.Whole(0, 51),
    };

    private readonly Option<string> title = new("--title")
    {
        Description = "Title in the video's metadata. The default is the name of the audio file.",
        HelpName = "TEXT",
        CustomParser = OptionText.Line,
    };

    private readonly Option<bool> keepFrames = new("--keep-frames") { Description = "Also keep every frame lossless, beside the video." };
    private readonly Option<bool> force = new("--force") { Description = "Replace an output that exists." };
    private readonly Option<bool> json = new("--json") { Description = "One JSON object per event on the standard output; everything else goes to the error output." };
    private readonly Option<bool> verbose = new("--verbose") { Description = "Show the log while rendering." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[pack, size, fps, seed, workers, segmentSeconds, steps, codec, crf, title, keepFrames, force, json, verbose])
            command.Options.Add(option);
    }

    public RenderOptions Read(ParseResult parsed, string portraitPath, string audioPath, string outputPath)
    {
        RenderOptions plain = new()
        {
            Portrait = portraitPath,
            Audio = audioPath,
            Out = outputPath,
            Pack = parsed.GetValue(pack)!,
            SizePixels = parsed.GetValue(size),
            Seed = parsed.GetValue(seed),
            Workers = parsed.GetValue(workers),
            SegmentLength = Given(parsed, segmentSeconds),
            Steps = Given(parsed, steps),
            Codec = parsed.GetValue(codec), // h264 is 0
            Crf = parsed.GetValue(crf),
            Title = parsed.GetValue(title),
            KeepFrames = parsed.GetValue(keepFrames),
            Force = parsed.GetValue(force),
            Json = parsed.GetValue(json),
            Verbose = parsed.GetValue(verbose),
        };
        if (plain.Codec == VideoCodec.Ffv1 && parsed.GetResult(crf) is { Implicit: false })
            throw new UsageException("--crf is for h264: ffv1 is lossless, leave --crf away.");
        return Given(parsed, fps) is { } rate ? plain with { FrameRate = rate } : plain;
    }

    private static T? Given<T>(ParseResult parsed, Option<T> option)
        where T : struct => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
