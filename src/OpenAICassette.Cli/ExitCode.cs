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

    /// <summary>An error in this program; the files that it did not concern are done.</summary>
    public const int InternalError = 3;
}
