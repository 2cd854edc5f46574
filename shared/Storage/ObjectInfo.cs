namespace RenderFarm.Storage;

public sealed record ObjectInfo(string Key, long SizeBytes, DateTimeOffset LastModified);
