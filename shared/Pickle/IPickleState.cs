namespace RenderFarm.Pickle;

/// <summary>A value whose BUILD opcode is understood.</summary>
public interface IPickleState
{
    /// <summary>Takes over the state, or throws <see cref="PickleFormatException"/> where it is not of the expected form.</summary>
    void SetState(object? state);
}
