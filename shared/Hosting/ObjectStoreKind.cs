namespace RenderFarm.Hosting;

public enum ObjectStoreKind
{
    /// <summary>A folder that all processes of the farm see.</summary>
    Folder = 0,
}
