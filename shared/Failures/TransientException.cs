namespace RenderFarm.Failures;

/// <summary>The surroundings failed (connection, disk, killed child process), not the work: the same work may succeed later.</summary>
public sealed class TransientException(string message, Exception? innerException = null) : Exception(message, innerException);
