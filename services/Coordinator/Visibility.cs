using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("RenderFarm.Coordinator.Tests")]
