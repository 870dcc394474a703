namespace OpenAICassette.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Fine = 0;

    /// <summary>Something was found, or some file failed.</summary>
    public const int Problem = 1;

    /// <summary>The command was not understood.</summary>
    public const int Usage = 2;
}
