using System.CommandLine;
using RenderFarm.Benchmarks.Stages;

RootCommand root = new("Measures RenderFarm on this machine. Figures count only when nothing else runs on it.")
{
    StagesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
