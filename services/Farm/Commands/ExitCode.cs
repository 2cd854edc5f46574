namespace RenderFarm.Farm.Commands;

/// <summary>What a script learns from the end of a command.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is done; for a render: the whole video is there.</summary>
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
