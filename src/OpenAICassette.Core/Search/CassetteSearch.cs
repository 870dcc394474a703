using System.Text;
using OpenAICassette.Formats;

namespace OpenAICassette.Search;

/// <summary>
/// Searches cassettes for a pattern. Files whose bytes rule a match out are not read as cassettes. Can be used on any
/// thread.
/// </summary>
/// <param name="pattern">The pattern.</param>
internal sealed class CassetteSearch(TextPattern pattern)
{
    private readonly RecordedTexts _texts = new(text => pattern.IsIn(text) || IsNested(text));

    /// <summary>Returns files that are ruled out by their bytes where possible.</summary>
    public IEnumerable<CassetteFile> Screened(IEnumerable<CassetteFile> files) => files.Select(Screened);

    /// <summary>Returns a file that is ruled out by its bytes where possible.</summary>
    public CassetteFile Screened(CassetteFile file) =>
        pattern.Screen is { } screen
            ? file with
            {
                Screen = (format, document) =>
                    format is not IRawText raw || !raw.HoldsPlainText(document) || screen.MayBeIn(document),
            }
            : file;

    /// <summary>Returns whether what was said in an interaction has a match.</summary>
    /// <param name="interaction">The interaction.</param>
    public bool IsIn(Interaction interaction) => _texts.Said(interaction).Any(text => Find(interaction, text).Any());

    /// <summary>Returns each line of a cassette that matches, in order.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public IEnumerable<TextMatch> Find(Cassette cassette) =>
        cassette.Interactions.SelectMany(interaction =>
            _texts.Of(interaction).SelectMany(text => Find(interaction, text))
        );

    private IEnumerable<TextMatch> Find(Interaction interaction, RecordedText text)
    {
        var isFound = false;
        foreach (var match in InLines(interaction, text))
        {
            isFound = true;
            yield return match;
        }

        // The arguments of a tool are JSON in a text; their strings may have escapes of their own.
        if (!isFound && IsNested(text.Text))
        {
            var inner = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text.Text));
            foreach (
                var match in new JsonTexts($"{text.Place} >", pattern.IsIn)
                    .Of(inner)
                    .SelectMany(inside => InLines(interaction, inside with { Role = text.Role }))
            )
            {
                yield return match;
            }
        }
    }

    private static bool IsNested(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is '{' or '[' && text.Contains('\\');

    private IEnumerable<TextMatch> InLines(Interaction interaction, RecordedText text)
    {
        var (line, counted) = (1, 0);
        for (var match = pattern.Find(text.Text, 0); match.Success; )
        {
            var begin = match.Index == 0 ? 0 : text.Text.LastIndexOf('\n', match.Index - 1) + 1;
            var next = text.Text.IndexOf('\n', match.Index);
            var end = next < 0 ? text.Text.Length : next;
            line += text.Text.AsSpan(counted, begin - counted).Count('\n');
            counted = begin;
            yield return new TextMatch(
                interaction.Cassette.Path ?? interaction.Cassette.Name,
                interaction.Index,
                text.Place,
                text.Text[begin..end].TrimEnd('\r')
            )
            {
                Role = text.Role,
                LineNumber = line,
                Start = match.Index - begin,
                Length = Math.Min(
                    match.Length,
                    Math.Max(0, text.Text.AsSpan(begin, end - begin).TrimEnd('\r').Length - (match.Index - begin))
                ),
            };
            if (next < 0)
            {
                yield break;
            }

            match = pattern.Find(text.Text, Math.Max(next + 1, match.Index + match.Length));
        }
    }
}
