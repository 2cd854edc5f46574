namespace RenderFarm.Farm.Doctor;

internal enum FindingMark
{
    Good,

    /// <summary>Worth knowing; a render works all the same.</summary>
    Note,

    /// <summary>A render will fail.</summary>
    Bad,
}
