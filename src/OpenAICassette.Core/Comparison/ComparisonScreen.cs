using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>Renders a comparison for a terminal.</summary>
public static class ComparisonScreen
{
    private const int DefaultWidth = 80;
    private const int Indent = 11;

    /// <summary>Renders a comparison line by line.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">The maximum number of columns of a line; 80 if the width of the terminal is unknown.</param>
    /// <param name="style">The style; null for plain text.</param>
    public static IReadOnlyList<string> Lines(CassetteComparison comparison, int width, ScreenStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        style ??= ScreenStyle.None;
        var room = Math.Max((width > 0 ? width : DefaultWidth) - Indent, Indent);
        var lines = new List<string>
        {
            style.In(style.Speaker, $"{ComparisonText.Sign(comparison.Status)} {InertText.Of(comparison.Name)}"),
        };
        foreach (var difference in comparison.Differences)
        {
            lines.Add(
                style.In(
                    style.Aside,
                    $"  {difference.Area.ToString().ToLowerInvariant().PadRight(Indent - 2)}{InertText.Of(difference.Place)}"
                )
            );
            lines.AddRange(
                InertText
                    .OfLines(ComparisonText.Change(difference).ReplaceLineEndings("\n"))
                    .Split('\n')
                    .SelectMany(line => ScreenTranscript.Broken(line, room))
                    .Select(line => (new string(' ', Indent) + line).TrimEnd(' '))
            );
        }

        return lines;
    }
}
