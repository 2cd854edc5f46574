using Microsoft.Extensions.Hosting;
using RenderFarm.Hosting;
using RenderFarm.Stitcher;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFarmBus();
builder.Services.AddObjectStore();
builder.Services.AddStitcher();
await builder.Build().RunAsync();
