using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>Renders comparisons as plain text: a line for each cassette and one for each difference.</summary>
internal static class ComparisonText
{
    private const int Context = 40;
    private const int LongestValue = 300;

    /// <summary>Renders a comparison, without a final line end.</summary>
    public static string Render(CassetteComparison comparison)
    {
        var text = new StringBuilder(Head(comparison));
        foreach (var difference in comparison.Differences)
        {
            text.Append("\n  ")
                .Append(difference.Area.ToString().ToLowerInvariant().PadRight(9))
                .Append(InertText.Of(difference.Place))
                .Append("  ")
                .Append(
                    InertText
                        .OfLines(Change(difference).ReplaceLineEndings("\n"))
                        .Replace("\n", "\n    ", StringComparison.Ordinal)
                );
        }

        return text.ToString();
    }

    /// <summary>Returns the sign, the name and what the differences mean.</summary>
    public static string Head(CassetteComparison comparison)
    {
        var head = $"{Sign(comparison.Status)} {InertText.Of(comparison.Name)}";
        return comparison.Meaning.Length > 0 ? $"{head}  {comparison.Meaning}" : head;
    }

    /// <summary>Returns the sign of a status, as in a diff; = if nothing changed.</summary>
    public static string Sign(ComparisonStatus status) =>
        status switch
        {
            ComparisonStatus.Added => "+",
            ComparisonStatus.Removed => "-",
            ComparisonStatus.Changed => "~",
            _ => "=",
        };

    /// <summary>Returns the changed words with some of the text around them, or the old and the new value.</summary>
    public static string Change(CassetteDifference difference) =>
        difference.Words is { Count: > 0 } words
            ? string.Concat(Around(words))
            : $"{Value(difference.Old)} → {Value(difference.New)}";

    /// <summary>Returns the changed words with some of the text around them.</summary>
    public static IEnumerable<WordChange> Around(IReadOnlyList<WordChange> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Kind != WordChangeKind.Same)
            {
                yield return word with
                {
                    Text = ToolText.Shortened(word.Text, LongestValue),
                };
            }
            else if (word.Text.Length <= Context * 2)
            {
                yield return word;
            }
            else
            {
                var head = i == 0 ? string.Empty : word.Text[..Cut(word.Text, Context)];
                var tail =
                    i == words.Count - 1 ? string.Empty : word.Text[Cut(word.Text, word.Text.Length - Context)..];
                yield return word with
                {
                    Text = $"{head}…{tail}",
                };
            }
        }
    }

    /// <summary>Returns a value; what is missing or empty in words or as JSON.</summary>
    public static string Value(string? value) =>
        value is null ? "nothing"
        : value.Length == 0 ? "\"\""
        : ToolText.Shortened(value, LongestValue);

    /// <summary>Moves a position out of a surrogate pair.</summary>
    private static int Cut(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
