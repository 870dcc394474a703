using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>
/// Renders a comparison for a terminal: what it means, texts with their changed words, then short values as a table.
/// </summary>
public static class ComparisonScreen
{
    private const int DefaultWidth = 80;
    private const int Indent = 11;
    private const int LongestScalar = 40;
    private const int LongestPlace = 44;

    /// <summary>The ends of the places of texts, whose words count however short they are.</summary>
    private static readonly string[] s_texts = [".content", ".reasoning", ".refusal", ".description"];

    /// <summary>Renders a comparison line by line.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">The maximum number of columns of a line; 80 if the width of the terminal is unknown.</param>
    /// <param name="style">The style; null for plain text.</param>
    public static IReadOnlyList<string> Lines(CassetteComparison comparison, int width, ScreenStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        style ??= ScreenStyle.None;
        var columns = Math.Max(width > 0 ? width : DefaultWidth, Indent * 2);
        var head = $"{ComparisonText.Sign(comparison.Status)} {InertText.Of(comparison.Name)}";
        var lines = new List<string> { style.In(style.Speaker, head) };
        lines.AddRange(
            ScreenTranscript
                .Broken(comparison.Meaning, columns - 2)
                .Where(line => line.Length > 0)
                .Select(line => "  " + line)
        );
        foreach (var difference in comparison.Differences.Where(difference => !IsScalar(difference)))
        {
            lines.Add(style.In(style.Aside, $"  {Area(difference)}{InertText.Of(difference.Place)}"));
            lines.AddRange(Change(difference, columns - Indent, style));
        }

        lines.AddRange(Scalars([.. comparison.Differences.Where(IsScalar)], columns, style));
        return lines;
    }

    /// <summary>Returns what was compared; empty if something differs.</summary>
    /// <param name="count">The number of comparisons.</param>
    internal static string Equal(int count) =>
        count == 0
            ? "nothing to compare"
            : $"{TranscriptRenderer.Count(count, "recorded call")} compared: no difference";

    /// <summary>Returns whether a difference is a pair of short values, which fit a table.</summary>
    internal static bool IsScalar(CassetteDifference difference) =>
        !s_texts.Any(text => difference.Place.EndsWith(text, StringComparison.Ordinal))
        && difference.Place.Length <= LongestPlace
        && IsShort(difference.Old)
        && IsShort(difference.New);

    private static bool IsShort(string? value) =>
        value is null || (value.Length <= LongestScalar && !value.AsSpan().ContainsAny('\n', '\r'));

    private static string Area(CassetteDifference difference) =>
        difference.Area.ToString().ToLowerInvariant().PadRight(Indent - 2);

    /// <summary>Returns the lines of a change. A word that continues on the next line keeps its style.</summary>
    private static IEnumerable<string> Change(CassetteDifference difference, int room, ScreenStyle style)
    {
        var parts = difference.Words is { Count: > 0 } words
            ? ComparisonText.Around(words).Select(word => (Text: word.ToString(), Style: StyleOf(word.Kind, style)))
            : [(ComparisonText.Change(difference), string.Empty)];
        var text = string.Concat(parts.Select(part => Inert(part.Text)));
        var ends = parts
            .Select(part => (Inert(part.Text).Length, part.Style))
            .Aggregate(new List<(int End, string Style)>(), (list, part) =>
            {
                list.Add(((list.Count > 0 ? list[^1].End : 0) + part.Length, part.Style));
                return list;
            });
        var at = 0;
        foreach (var line in text.Split('\n').SelectMany(line => ScreenTranscript.Broken(line, room)))
        {
            // Wrapping drops the space or the line end between two lines.
            at = line.Length == 0 ? at : text.IndexOf(line, at, StringComparison.Ordinal);
            yield return (new string(' ', Indent) + Styled(text, at, line.Length, ends, style)).TrimEnd(' ');
            at += line.Length;
        }
    }

    private static string Styled(
        string text,
        int start,
        int length,
        List<(int End, string Style)> ends,
        ScreenStyle style
    )
    {
        var line = new System.Text.StringBuilder();
        for (var at = start; at < start + length; )
        {
            var (end, begin) = ends.Find(part => part.End > at);
            var stop = Math.Min(end, start + length);
            line.Append(style.In(begin, text[at..stop]));
            at = stop;
        }

        return line.ToString();
    }

    private static string StyleOf(WordChangeKind kind, ScreenStyle style) =>
        kind switch
        {
            WordChangeKind.Removed => style.Removed,
            WordChangeKind.Added => style.Added,
            _ => string.Empty,
        };

    private static IEnumerable<string> Scalars(
        IReadOnlyList<CassetteDifference> differences,
        int columns,
        ScreenStyle style
    )
    {
        if (differences.Count == 0)
        {
            yield break;
        }

        var place = differences.Max(difference => InertText.Of(difference.Place).Length);
        var old = differences.Max(difference => Value(difference.Old).Length);
        var now = differences.Max(difference => Value(difference.New).Length);
        var isTable = Indent + place + old + now + (2 * 2) <= columns;
        foreach (var difference in differences)
        {
            var name = InertText.Of(difference.Place);
            var (before, after) = (Value(difference.Old), Value(difference.New));
            var lead = style.In(style.Aside, $"  {Area(difference)}{(isTable ? name.PadRight(place) : name)}");
            if (isTable)
            {
                var was = style.In(style.Removed, before) + new string(' ', old - before.Length);
                yield return $"{lead}  {was}  {style.In(style.Added, after)}".TrimEnd(' ');
                continue;
            }

            yield return lead;
            yield return $"{new string(' ', Indent)}{style.In(style.Removed, before)}";
            yield return $"{new string(' ', Indent)}{style.In(style.Added, after)}";
        }
    }

    private static string Value(string? value) => InertText.Of(ComparisonText.Value(value));

    private static string Inert(string text) => InertText.OfLines(text.ReplaceLineEndings("\n"));
}
