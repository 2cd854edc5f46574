using RenderFarm.Farm.Commands;

using Interruption interruption = Interruption.Listen();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption);
