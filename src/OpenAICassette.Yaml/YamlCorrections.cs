using System.Text;
using YamlDotNet.Core;

namespace OpenAICassette;

/// <summary>
/// Rewrites white space that other parsers of YAML read and YamlDotNet refuses, and that means nothing.
/// </summary>
internal static class YamlCorrections
{
    /// <summary>Returns a text without the place that the parser stumbled over; null if that is a real error.</summary>
    public static string? Apply(string text, YamlException error) =>
        error switch
        {
            SemanticErrorException => WithoutBlanksAbove(text, (int)error.Start.Index),
            SyntaxErrorException when IsDoubleQuote(text, (int)error.Start.Index) => WithIndentation(text, error),
            _ => null,
        };

    /// <summary>
    /// Empties the lines of nothing but spaces above a place: the first lines of a block scalar. They mean the same as
    /// empty lines.
    /// </summary>
    private static string? WithoutBlanksAbove(string text, int place)
    {
        var start = place;
        while (start > 0 && text[start - 1] is ' ' or '\r' or '\n')
        {
            start--;
        }

        var first = text.AsSpan(start, place - start).IndexOf('\n') + 1 + start;
        var blanks = text.AsSpan(first, place - first);
        if (!blanks.Contains(' '))
        {
            return null;
        }

        var corrected = new StringBuilder(text.Length).Append(text, 0, first);
        foreach (var character in blanks)
        {
            corrected.Append(character == ' ' ? "" : character.ToString());
        }

        return corrected.Append(text, place, text.Length - place).ToString();
    }

    private static bool IsDoubleQuote(string text, int place) => place < text.Length && text[place] == '"';

    /// <summary>Indents the lines of a quoted scalar, from the one that stands too far left to its end.</summary>
    private static string? WithIndentation(string text, YamlException error)
    {
        var (start, line) = ((int)error.Start.Index, (int)error.End.Index);
        if (line <= start || line >= text.Length || error.End.Column > error.Start.Column)
        {
            return null;
        }

        var indentation = new string(' ', (int)error.Start.Column);
        var corrected = new StringBuilder(text, 0, line, text.Length + 1024).Append(indentation);
        var at = line;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            corrected.Append(text[at]);
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not ('\r' or '\n'))
            {
                corrected.Append(text[++at]);
            }
            else if (text[at] == '\n')
            {
                corrected.Append(indentation);
            }
        }

        return corrected.Append(text, at, text.Length - at).ToString();
    }
}
