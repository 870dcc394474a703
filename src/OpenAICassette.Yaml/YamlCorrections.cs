using OpenAICassette.Formats.Yaml;
using YamlDotNet.Core;

namespace OpenAICassette;

/// <summary>
/// Rewrites white space that other parsers of YAML read and YamlDotNet refuses, and that means nothing.
/// </summary>
internal static class YamlCorrections
{
    /// <summary>Returns a text without the place that the parser stumbled over; null if that is a real error.</summary>
    public static CorrectedText? Apply(CorrectedText corrected, YamlException error)
    {
        var (text, place) = (corrected.Text, (int)error.Start.Index);
        var changes = error switch
        {
            SemanticErrorException => BlanksAbove(text, place),
            SyntaxErrorException when place < text.Length && text[place] == '"' => Indentation(text, error),
            _ => [],
        };
        return changes.Count == 0 ? null : corrected.With(changes);
    }

    /// <summary>
    /// Empties the lines of nothing but spaces above a place: the first lines of a block scalar. They mean the same as
    /// empty lines.
    /// </summary>
    private static List<CorrectedText.Change> BlanksAbove(string text, int place)
    {
        if (place < text.Length && text[place] is not ('\r' or '\n'))
        {
            // The indentation of a line that has more than spaces means something.
            place = text.AsSpan(0, place).LastIndexOf('\n') + 1;
        }

        var start = place;
        while (start > 0 && text[start - 1] is ' ' or '\r' or '\n')
        {
            start--;
        }

        var changes = new List<CorrectedText.Change>();
        Empty(text, text.AsSpan(start, place - start).IndexOf('\n') + 1 + start, place, changes);
        return changes;
    }

    /// <summary>
    /// Empties the lines of nothing but spaces below every line that ends as the header of a block scalar does. In the
    /// text of a block scalar they may mean something, which <see cref="AreBlanksAboveTexts"/> tells afterwards.
    /// </summary>
    public static List<CorrectedText.Change> BlanksBelowHeaders(string text)
    {
        var changes = new List<CorrectedText.Change>();
        for (var at = 0; at < text.Length; )
        {
            var length = text.AsSpan(at).IndexOf('\n');
            var below = length < 0 ? text.Length : at + length + 1;
            if (IsHeader(text.AsSpan(at, below - at)))
            {
                var blanks = text.AsSpan(below).IndexOfAnyExcept(' ', '\r', '\n');
                blanks = blanks < 0 ? text.Length : below + blanks;
                Empty(text, below, text.AsSpan(0, blanks).LastIndexOf('\n') + 1, changes);
            }

            at = below;
        }

        return changes;
    }

    /// <summary>Returns whether no change lies in a block scalar below the beginning of its text.</summary>
    /// <param name="text">The text without the changes.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="changes">The changes, in order.</param>
    public static bool AreBlanksAboveTexts(
        string text,
        IReadOnlyList<YamlNode> nodes,
        IReadOnlyList<CorrectedText.Change> changes
    )
    {
        var next = 0;
        foreach (var node in nodes.Where(node => node.Kind is YamlKind.Literal or YamlKind.Folded))
        {
            var header = text.AsSpan(node.Start, node.End - node.Start).IndexOf('\n');
            var content =
                header < 0
                    ? -1
                    : text.AsSpan(node.Start + header, node.End - node.Start - header)
                        .IndexOfAnyExcept(' ', '\r', '\n');
            for (; next < changes.Count && changes[next].At < node.End; next++)
            {
                if (content >= 0 && changes[next].At > node.Start + header + content)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Returns whether a line ends as the header of a block scalar without an indentation of its own.</summary>
    private static bool IsHeader(ReadOnlySpan<char> line)
    {
        var end = line.TrimEnd();
        end = end is [.., '-' or '+'] ? end[..^1] : end;
        return end is [.., ' ', '|' or '>'];
    }

    /// <summary>Empties the lines of nothing but spaces in a range that has no others.</summary>
    private static void Empty(string text, int from, int to, List<CorrectedText.Change> changes)
    {
        for (var at = from; at < to; at++)
        {
            var length = text.AsSpan(at, to - at).IndexOfAnyExcept(' ');
            length = length < 0 ? to - at : length;
            if (length > 0)
            {
                changes.Add(new(at, length, 0));
            }

            at += length;
        }
    }

    /// <summary>Indents the lines of a quoted scalar, from the one that stands too far left to its end.</summary>
    private static List<CorrectedText.Change> Indentation(string text, YamlException error)
    {
        var (start, line) = ((int)error.Start.Index, (int)error.End.Index);
        if (line <= start || line >= text.Length || error.End.Column > error.Start.Column)
        {
            return [];
        }

        var indentation = (int)error.Start.Column;
        var changes = new List<CorrectedText.Change> { new(line, 0, indentation) };
        for (var at = line; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not ('\r' or '\n'))
            {
                at++;
            }
            else if (text[at] == '\n')
            {
                changes.Add(new(at + 1, 0, indentation));
            }
        }

        return changes;
    }
}
