namespace RenderFarm.Data.Tasks;

/// <summary>The work of a job besides its segments.</summary>
public enum TaskKind
{
    Prepare = 0,
    EncodeAudio = 1,

    /// <summary>Its index is the border's: between segments i and i+1.</summary>
    BlendBorder = 2,
    MuxVideo = 3,
}
