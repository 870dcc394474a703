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
        for (var at = text.AsSpan(start, place - start).IndexOf('\n') + 1 + start; at < place; at++)
        {
            var length = text.AsSpan(at, place - at).IndexOfAnyExcept(' ');
            length = length < 0 ? place - at : length;
            if (length > 0)
            {
                changes.Add(new(at, length, 0));
            }

            at += length;
        }

        return changes;
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
