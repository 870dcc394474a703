using System.Globalization;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Writes an answer token by token: the less likely a token was, the stronger its colour. Its title has the probability
/// and the alternatives.
/// </summary>
internal static class TokenHtml
{
    /// <summary>How far behind its place a token is searched after one that is not in the text.</summary>
    private const int Farthest = 16;

    /// <summary>The probabilities below which a token gets the next stronger colour.</summary>
    private static readonly double[] s_steps = [0.9, 0.7, 0.4, 0.1];

    /// <summary>Appends the tokens; nothing if they are not those of the text.</summary>
    public static bool TryAppend(StringBuilder html, string text, IReadOnlyList<TokenLogProb> tokens)
    {
        var start = html.Length;
        html.Append("<p class=\"tokens\" dir=\"auto\">");
        var (at, found) = (0, 0);
        foreach (var token in tokens)
        {
            // A token that is a part of a character is not in the text as such.
            var length = Math.Min(text.Length - at, token.Token.Length + Farthest);
            var place = token.Token.Length == 0 ? -1 : text.IndexOf(token.Token, at, length, StringComparison.Ordinal);
            if (place >= 0)
            {
                html.Text(text[at..place]);
                Append(html, token);
                at = place + token.Token.Length;
                found += token.Token.Length;
            }
        }

        html.Text(text[at..]).Append("</p>\n");
        if (found * 2 < text.Length)
        {
            html.Length = start;
            return false;
        }

        return true;
    }

    /// <summary>Returns a probability in per cent; empty if none was recorded.</summary>
    public static string Percent(double? logProb) =>
        logProb is { } value ? string.Create(CultureInfo.InvariantCulture, $"{Math.Exp(value) * 100:0.##} %") : "";

    /// <summary>Returns the alternatives of a token with their probabilities.</summary>
    public static string Alternatives(TokenLogProb token) =>
        string.Join(
            ", ",
            token
                .Alternatives.Where(other => other.Token != token.Token)
                .Select(other => $"“{Visible(other.Token)}” {Percent(other.LogProb)}".TrimEnd())
        );

    /// <summary>Returns a token with its line ends and tabs as signs.</summary>
    public static string Visible(string token) =>
        token.Replace("\n", "↵", StringComparison.Ordinal).Replace("\t", "⇥", StringComparison.Ordinal);

    private static void Append(StringBuilder html, TokenLogProb token)
    {
        var probability = Math.Exp(token.LogProb ?? 0);
        var step = s_steps.Count(least => probability < least);
        var alternatives = Alternatives(token);
        html.Append("<span class=\"p")
            .Append((char)('0' + step))
            .Append("\" title=\"")
            .Text(Percent(token.LogProb))
            .Append(alternatives.Length > 0 ? "; otherwise " : string.Empty)
            .Text(alternatives)
            .Append("\">")
            .Text(token.Token)
            .Append("</span>");
    }
}
