using RenderFarm.Farm.Rendering;
using RenderFarm.Farm.State;
using RenderFarm.Media;

namespace RenderFarm.Farm.Doctor;

/// <summary>Renders the beginning of the sample lecture into a folder that is deleted afterwards.</summary>
internal static class TrialRender
{
    /// <param name="length">Of the sound that is rendered.</param>
    /// <returns>Frames of the video, and the time from the plan to the finished file.</returns>
    public static async Task<(long Frames, TimeSpan Elapsed)> RunAsync(string pack, int sizePixels, TimeSpan length, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("farm-trial-");
        try
        {
            string audio = Path.Combine(folder.FullName, "beginning.wav");
            await CutAsync(SampleLecture.Audio, length, audio, cancellationToken);
            RenderOptions options = new()
            {
                Portrait = SampleLecture.Portrait,
                Audio = audio,
                Out = Path.Combine(folder.FullName, "trial.mp4"),
                Pack = pack,
                SizePixels = sizePixels,
                Workers = RenderOptions.DefaultWorkers,
                SegmentLength = length / RenderOptions.DefaultWorkers,
            };
            await using StopwatchView view = new(TimeProvider.System);
            await RenderRun.ExecuteAsync(options, new FarmHome(Path.Combine(folder.FullName, "home")), view, cancellationToken);
            return (view.Frames, view.Elapsed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CutAsync(string audio, TimeSpan length, string path, CancellationToken cancellationToken)
    {
        string seconds = length.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using MediaProcess ffmpeg = MediaProcess.Start(
            MediaTools.FromPath.Ffmpeg, ["-nostdin", "-v", "error", "-i", audio, "-t", seconds, path], Path.GetDirectoryName(path));
        await ffmpeg.CompleteAsync(cancellationToken);
    }
}
