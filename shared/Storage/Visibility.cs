using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("RenderFarm.Storage.Tests")]
