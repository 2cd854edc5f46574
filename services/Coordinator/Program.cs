using Microsoft.Extensions.Hosting;
using RenderFarm.Coordinator;
using RenderFarm.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddObjectStore();
builder.Services.AddFarmBus();
builder.Services.AddCoordinator();
await builder.Build().RunAsync();
