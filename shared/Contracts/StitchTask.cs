namespace RenderFarm.Contracts;

public enum StitchTask
{
    EncodeAudio = 0,
    BlendBorder = 1,
    MuxVideo = 2,
}
