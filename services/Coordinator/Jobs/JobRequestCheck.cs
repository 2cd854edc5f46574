using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>What is wrong with a request, before anything is done for it. Whether pack, size and steps fit is the pack's business.</summary>
internal static class JobRequestCheck
{
    private const int MaxTitleLength = 500;
    private const int MaxPriority = 4;

    /// <exception cref="PermanentException">The first thing that is wrong.</exception>
    public static void Validate(JobRequest request)
    {
        if (FindProblem(request) is string sentence)
            throw new PermanentException(sentence);
    }

    public static string? FindProblem(JobRequest request)
    {
        VideoEncoding encoding = request.Settings.Encoding;
        double rate = encoding.FrameRate.Denominator > 0 ? (double)encoding.FrameRate.Numerator / encoding.FrameRate.Denominator : 0;
        return request switch
        {
            { JobId: var id } when id == Guid.Empty => "A job needs an id that is not empty.",
            { Labels.Title.Length: > MaxTitleLength } => $"A title has at most {MaxTitleLength} characters.",
            { Labels.Generator: "" } or { Settings.Pack: "" } => "Name the model pack.",
            { Settings.Steps: < 1 or > 1000 } => "The number of steps is from 1 to 1000.",
            { Settings.Encoding.Crf: < 0 or > 51 } => "The constant rate factor is from 0 to 51.",
            { Settings.Encoding.SizePixels: < 16 or > 8192 } => "The size is from 16 to 8192 pixels.",
            { Settings.Encoding.SizePixels: var size } when size % 2 != 0 => "The size is an even number of pixels.",
            _ when rate is < 1 or > 240 => "The frame rate is from 1 to 240 frames per second.",
            { Priority: < -MaxPriority or > MaxPriority } => $"The priority is from -{MaxPriority} to {MaxPriority}.",
            { SegmentLength: TimeSpan length } when length <= TimeSpan.Zero || length > TimeSpan.FromHours(1) =>
                "The length of segments is above 0 and at most one hour.",
            _ when !IsOwn(request.JobId, request.AudioKey) || !IsOwn(request.JobId, request.PortraitKey) =>
                $"The inputs of a job lie in the store below '{JobKeys.Prefix(request.JobId)}'.",
            _ => null,
        };
    }

    private static bool IsOwn(Guid jobId, string key) => StoreKey.IsValid(key) && key.StartsWith(JobKeys.Prefix(jobId), StringComparison.Ordinal);
}
