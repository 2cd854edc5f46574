namespace RenderFarm.Contracts;

public enum SegmentStage
{
    Fetching = 0,
    Denoising = 1,
    Decoding = 2,
    Uploading = 3,
}
