using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders a transcript for a screen: long lines wrap between words and continue in the second column, long data is
/// shortened, and control characters are shown, not sent.
/// </summary>
public static class ScreenTranscript
{
    private const int DefaultWidth = 80;

    /// <summary>The maximum number of characters shown of a tool's arguments and results, and of data.</summary>
    private const int LongestData = 600;

    /// <summary>Renders a transcript.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="width">The maximum number of columns of a line; 80 if the width of the terminal is unknown.</param>
    /// <param name="style">The style; null for plain text.</param>
    public static string Render(Transcript transcript, int width, ScreenStyle? style = null) =>
        string.Join('\n', Lines(transcript, width, style));

    /// <summary>Renders a transcript line by line.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="width">The maximum number of columns of a line; 80 if the width of the terminal is unknown.</param>
    /// <param name="style">The style; null for plain text.</param>
    public static IReadOnlyList<string> Lines(Transcript transcript, int width, ScreenStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        style ??= ScreenStyle.None;
        var room = Math.Max(width > 0 ? width : DefaultWidth, TextTranscript.Column * 2) - TextTranscript.Column;
        var lines = new List<string>();
        foreach (var entry in TranscriptEntry.Of(transcript, LongestData))
        {
            var begin = entry.Kind switch
            {
                TranscriptEntryKind.Said => string.Empty,
                TranscriptEntryKind.Error => style.Error,
                _ => style.Aside,
            };
            var speaker = Conversations
                .Shortened.To(InertText.Of(entry.Speaker), TextTranscript.Column - 1)
                .PadRight(TextTranscript.Column);
            foreach (
                var line in InertText
                    .OfLines(entry.Text.ReplaceLineEndings("\n"))
                    .Split('\n')
                    .SelectMany(line => Broken(line, room))
            )
            {
                lines.Add((style.In(style.Speaker, speaker) + style.In(begin, line)).TrimEnd(' '));
                speaker = new string(' ', TextTranscript.Column);
            }
        }

        return lines;
    }

    /// <summary>Returns a text for a screen: long lines wrapped, control characters shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The maximum number of columns of a line.</param>
    public static string Fit(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(
            '\n',
            InertText
                .OfLines(text.ReplaceLineEndings("\n"))
                .Split('\n')
                .SelectMany(line => Broken(line, Math.Max(width, 1)))
        );
    }

    /// <summary>Wraps a line at spaces. A longer word is split between characters.</summary>
    internal static IEnumerable<string> Broken(string line, int room)
    {
        var start = 0;
        while (Fitting(line, start, room) is var end && end < line.Length)
        {
            var space = line.LastIndexOf(' ', end, end - start + 1);
            var isBetweenWords = space > start;
            yield return WorkflowCommands.Disarm(line[start..(isBetweenWords ? space : end)]);
            start = isBetweenWords ? space + 1 : end;
        }

        yield return WorkflowCommands.Disarm(line[start..]);
    }

    /// <summary>Returns the end of the line that begins at a position.</summary>
    private static int Fitting(string line, int start, int room)
    {
        var width = 0;
        var at = start;
        while (at < line.Length)
        {
            Rune.DecodeFromUtf16(line.AsSpan(at), out var rune, out var length);
            width += rune.Value == '\t' ? 8 - (width % 8) : CellWidth.Of(rune);
            if (width > room && at > start)
            {
                return at;
            }

            at += length;
        }

        return at;
    }
}
