using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Dispatch;

/// <summary>A piece of work the ledger calls in flight, and how to send its command.</summary>
/// <param name="Kind">Null for a segment.</param>
/// <param name="Index">Segment or border.</param>
/// <param name="Attempt">Which attempt the command is.</param>
/// <param name="SendAsync">Sends it.</param>
public sealed record ClaimedWork(TaskKind? Kind, int Index, int Attempt, Func<IMessageBus, CancellationToken, Task> SendAsync);
