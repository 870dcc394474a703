using System.Globalization;
using OpenAICassette.Formats;

namespace OpenAICassette.Cli;

/// <summary>Shows progress in the last line of a terminal, and clears it before anything else is written.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="width">Returns its number of columns.</param>
internal sealed class TerminalProgress(TextWriter terminal, Func<int> width)
{
    /// <summary>The width of a terminal that does not tell it.</summary>
    private const int UsualWidth = 80;

    /// <summary>The sequence that erases from the cursor to the end of the line (ECMA-48, EL).</summary>
    private const string EraseLine = "\r\u001b[K";

    private bool _isShown;

    /// <summary>Returns what shows progress on standard error; null if that is not a terminal.</summary>
    public static TerminalProgress? OfStandardError() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" or ""
            ? null
            : new TerminalProgress(Console.Error, () => Console.BufferWidth);

    /// <summary>Shows progress in the place of what was shown before.</summary>
    public void Show(WorkProgress progress)
    {
        var left = progress.Left is { } time
            ? string.Create(CultureInfo.InvariantCulture, $", {time:h\\:mm\\:ss} left")
            : string.Empty;
        var percent = progress.Percent is { } part
            ? string.Create(CultureInfo.InvariantCulture, $"{part, 3} %  ")
            : string.Empty;
        var text = $"{percent}{progress}{left}";
        var columns = (width() is > 0 and var known ? known : UsualWidth) - 1;
        terminal.Write($"{EraseLine}{(text.Length > columns ? text[..columns] : text)}");
        terminal.Flush();
        _isShown = true;
    }

    /// <summary>Clears the line, if something is shown.</summary>
    public void Clear()
    {
        if (_isShown)
        {
            _isShown = false;
            terminal.Write(EraseLine);
            terminal.Flush();
        }
    }
}
