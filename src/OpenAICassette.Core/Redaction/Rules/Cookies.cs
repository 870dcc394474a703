using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Finds the values of cookies (RFC 6265) in header fields, and of known cookies wherever they are.</summary>
internal static class Cookies
{
    private const int Longest = 2048;
    private static readonly SearchValues<char> s_ends = SearchValues.Create("\r\n\"'\\");

    /// <summary>Gets names of cookies that are secrets without the name of the header field before them.</summary>
    public static IReadOnlyList<string> Known { get; } = ["__cf_bm", "_cfuvid", "cf_clearance"];

    /// <summary>Returns whether a name is that of a known cookie.</summary>
    public static bool IsKnown(ReadOnlySpan<char> name)
    {
        foreach (var known in Known)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the cookies of a header field in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The start of the field's value.</param>
    /// <param name="isFirstOnly">True if attributes follow the first cookie, as in Set-Cookie.</param>
    /// <param name="matches">Receives the values.</param>
    public static void FindField(string text, int from, bool isFirstOnly, List<SecretMatch> matches)
    {
        var to = from;
        while (true)
        {
            var rest = text.AsSpan(to, Math.Min(Longest, text.Length - to));
            var line = rest.IndexOfAny(s_ends) is var found and >= 0 ? rest[..found] : rest;

            // The cookies of the next field are found at its own name.
            var next = line.IndexOf("cookie:", StringComparison.OrdinalIgnoreCase);
            to += next < 0 ? line.Length : next;
            var folded = Unfold(text, to);
            if (next >= 0 || folded == to || to - from > Longest || line.TrimEnd() is not [.., ';'])
            {
                break;
            }

            to = folded;
        }

        Find(text, from, to, isFirstOnly, matches);
    }

    /// <summary>Returns the position after a line end and white space, with which a long field is folded.</summary>
    public static int Unfold(string text, int at)
    {
        var line = text.AsSpan(at).TrimStart(" \t");
        var end =
            line.StartsWith("\r\n", StringComparison.Ordinal) ? 2
            : line is ['\n', ..] ? 1
            : 0;
        var next = line[end..];
        return end > 0 && next is [' ' or '\t', ..] ? text.Length - next.TrimStart(" \t").Length : at;
    }

    /// <summary>Finds the cookie values that look like secrets in a range.</summary>
    public static void Find(string text, int from, int to, bool isFirstOnly, List<SecretMatch> matches)
    {
        for (var at = from; at < to; )
        {
            var stop = text.IndexOf(';', at, to - at);
            stop = stop < 0 ? to : stop;
            var equals = text.IndexOf('=', at, stop - at);
            var value = equals < 0 ? string.Empty : text[(equals + 1)..stop].TrimEnd();
            if (
                SecretValue.IsRandom(value, 12)
                || (
                    SecretName.KindOf(text.AsSpan(at, Math.Max(equals - at, 0)).Trim()) != NameKind.Plain
                    && SecretValue.IsPassword(value)
                )
            )
            {
                matches.Add(new SecretMatch(NamedRules.Cookie, equals + 1, value.Length));
            }

            if (isFirstOnly)
            {
                return;
            }

            at = stop + 1;
        }
    }
}
