namespace RenderFarm.Media;

public enum TrackKind
{
    Other = 0,
    Video = 1,
    Audio = 2,

    /// <summary>A cover picture; takes the place of a video stream but is not moving.</summary>
    Picture = 3,
}
