namespace RenderFarm.MediaPipe.Tests;

[CollectionDefinition(Name)]
public sealed class UsingNetworks : ICollectionFixture<Networks>
{
    public const string Name = "networks";
}
