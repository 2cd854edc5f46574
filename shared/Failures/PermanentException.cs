namespace RenderFarm.Failures;

/// <summary>Trying again cannot help. <see cref="Exception.Message"/> is one sentence a user can act on; it is shown as it is.</summary>
public sealed class PermanentException(string sentence, Exception? innerException = null) : Exception(sentence, innerException);
