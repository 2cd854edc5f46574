using Microsoft.Extensions.Hosting;
using RenderFarm.Hosting;
using RenderFarm.Worker;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFarmBus();
builder.Services.AddObjectStore();
builder.Services.AddBuiltInPacks();
builder.Services.AddWorker();
await builder.Build().RunAsync();
