namespace RenderFarm.Farm.Progress;

/// <summary>Shows a render to whoever watches it. Events come one at a time; disposing leaves the terminal as it was.</summary>
internal interface IRenderView : IAsyncDisposable
{
    void Show(RenderEvent happened);
}
