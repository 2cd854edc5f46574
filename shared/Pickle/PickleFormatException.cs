namespace RenderFarm.Pickle;

/// <summary>The bytes are no pickle this reader accepts; the message names the opcode or global and its position.</summary>
public sealed class PickleFormatException(string message) : Exception(message);
