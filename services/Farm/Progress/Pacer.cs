namespace RenderFarm.Farm.Progress;

/// <summary>Thins out progress: one in so much time, and always the first of a stage.</summary>
internal sealed class Pacer(TimeProvider time, TimeSpan pace)
{
    private long? shownAt;
    private string stage = "";

    public bool IsDue(string currentStage)
    {
        if (shownAt is { } at && stage == currentStage && time.GetElapsedTime(at) < pace)
            return false;
        shownAt = time.GetTimestamp();
        stage = currentStage;
        return true;
    }
}
