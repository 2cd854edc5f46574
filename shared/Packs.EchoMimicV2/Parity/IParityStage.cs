namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Compares what one folder of the golden data holds.</summary>
internal interface IParityStage
{
    /// <summary>The folder.</summary>
    string Name { get; }

    /// <summary>Looks for its files and compares them one by one; a stage that finds nothing yields nothing.</summary>
    IAsyncEnumerable<ParityRow> RunAsync(ParityContext context, CancellationToken cancellationToken);
}
