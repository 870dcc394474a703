namespace OpenAICassette.Cli;

/// <summary>Standard output takes no more: the disk is full, or its reader has gone.</summary>
internal sealed class OutputException(IOException cause) : Exception($"standard output: {cause.Message}", cause)
{
    private const int BrokenPipe = 32;

    /// <summary>True when the reader has gone, such as <c>head</c>; it has all that it wanted.</summary>
    public bool IsReaderGone => !OperatingSystem.IsWindows() && InnerException!.HResult == BrokenPipe;
}
