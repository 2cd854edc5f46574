namespace RenderFarm.Checkpoints;

/// <summary>A storage a PyTorch pickle refers to: element type and the name of the entry that holds its bytes.</summary>
internal sealed record TorchStorage(CheckpointDType DType, string Key, long ElementCount);
