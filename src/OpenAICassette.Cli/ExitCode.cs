namespace OpenAICassette.Cli;

/// <summary>Specifies the exit code of the program.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Fine = 0;

    /// <summary>Something was found, or a file failed.</summary>
    public const int Problem = 1;

    /// <summary>The command line was not valid.</summary>
    public const int Usage = 2;

    /// <summary>An internal error occurred; the remaining files were still processed.</summary>
    public const int InternalError = 3;

    /// <summary>A request of the program that <c>run</c> started was not answered, or not recorded.</summary>
    public const int Unanswered = 121;

    /// <summary>The program that <c>run</c> started succeeded, but no request of it was seen.</summary>
    public const int NoRequest = 122;

    /// <summary>The program to run cannot be executed, as in shells.</summary>
    public const int NotExecutable = 126;

    /// <summary>The program to run was not found, as in shells.</summary>
    public const int NotFound = 127;
}
