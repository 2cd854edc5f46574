using System.Text.Json.Serialization;

namespace RenderFarm.Farm.Progress;

/// <summary>
/// Something a person or a script learns while a render runs. As JSON one object a line, the kind in <c>event</c> and the
/// version of this format in <c>v</c>; fields may be added, never changed. Exactly one of <c>completed</c>, <c>failed</c>
/// and <c>stopped</c> comes last.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RenderStarted), "started")]
[JsonDerivedType(typeof(RenderPlanned), "planned")]
[JsonDerivedType(typeof(RenderWarned), "warning")]
[JsonDerivedType(typeof(RenderProgressed), "progress")]
[JsonDerivedType(typeof(RenderCompleted), "completed")]
[JsonDerivedType(typeof(RenderFailed), "failed")]
[JsonDerivedType(typeof(RenderStopped), "stopped")]
internal abstract record RenderEvent
{
    /// <summary>Version of the format.</summary>
    [JsonPropertyOrder(-1), JsonPropertyName("v")]
    public int FormatVersion { get; init; } = 1;
}
