namespace RenderFarm.Farm.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Mark">How bad it is.</param>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Text">What is there, or what is wrong and what to do about it.</param>
internal sealed record Finding(FindingMark Mark, string Subject, string Text)
{
    /// <summary>As it is printed: mark, subject and text in columns.</summary>
    public string Line => $"{Word,-6}{Subject,-14}{Text}";

    private string Word => Mark switch
    {
        FindingMark.Good => "ok",
        FindingMark.Note => "note",
        FindingMark.Bad => "BAD",
        _ => throw new ArgumentOutOfRangeException(nameof(Mark), Mark, null),
    };
}
