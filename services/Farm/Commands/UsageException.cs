namespace RenderFarm.Farm.Commands;

/// <summary>Options that are fine alone but not together, or not with this pack. <see cref="Exception.Message"/> is one sentence.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);
