namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>The coordinator's process dies at this very point.</summary>
internal sealed class SimulatedCrashException : Exception;
