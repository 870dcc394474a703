using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Matching;

/// <summary>Formats values for a message: short, on one line, and for two long texts the parts that differ.</summary>
internal static class DifferenceText
{
    /// <summary>The weight of a parameter, which is less than that of any change of a message.</summary>
    public const double Small = 0.3;

    private const int Longest = 60;
    private const int LongestName = 200;
    private const int LongestWhole = 1_000;

    /// <summary>The maximum number of bytes of a text shown in full; JSON needs up to six for a character.</summary>
    private const int LongestWholeBytes = 3_200;

    /// <summary>
    /// The size from which an array is described in bytes, because counting its elements takes too long.
    /// </summary>
    private const int LongestCounted = 1_000_000;

    private const int Context = 16;

    /// <summary>Formats a value.</summary>
    public static string Show(JsonValue value) =>
        value.Kind == JsonValueKind.String
            ? Show(ValueStart.OfText(value, LongestWhole))
            : Cut(value.Exists ? ValueStart.OfCompactJson(value, LongestWhole) : "nothing", Longest);

    /// <summary>Formats a text in quotes.</summary>
    public static string Show(string text) => Quote(text, 0, text.Length);

    /// <summary>Formats a name or path, in full unless it is unreasonably long.</summary>
    public static string Line(string text) => Cut(text, LongestName);

    /// <summary>Formats a value for programs, in full unless it is very long.</summary>
    public static string? Whole(JsonValue value)
    {
        if (!value.Exists)
        {
            return null;
        }

        var text = Whole(ValueStart.Of(value, LongestWhole + 1), LongestWhole);
        return BytesInJson(text) <= LongestWholeBytes ? text : Whole(text, LongestWholeBytes / 6);
    }

    /// <summary>Describes the size of a value.</summary>
    public static string Size(JsonValue value) =>
        value.Kind switch
        {
            JsonValueKind.Undefined => "nothing",
            JsonValueKind.Array when value.Length <= LongestCounted && value.Count is var count => string.Create(
                CultureInfo.InvariantCulture,
                $"{count} element{(count == 1 ? string.Empty : "s")}"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value.Length} bytes"),
        };

    /// <summary>Returns the number of bytes of a text as a JSON string.</summary>
    public static int BytesInJson(string text) =>
        Encoding.UTF8.GetByteCount(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));

    /// <summary>Formats two different values.</summary>
    public static (string Recorded, string Received) Show(JsonValue recorded, JsonValue received)
    {
        if (
            recorded.Text is not { } before
            || received.Text is not { } after
            || (before.Length <= Longest && after.Length <= Longest)
        )
        {
            return (Show(recorded), Show(received));
        }

        var start = before.AsSpan().CommonPrefixLength(after);
        var shared = SuffixLength(before.AsSpan(start), after.AsSpan(start));
        start = WordStart(before, start);
        return (Quote(before, start, before.Length - shared), Quote(after, start, after.Length - shared));
    }

    /// <summary>Returns how different two values are, from 0 to 1.</summary>
    public static double Distance(JsonValue recorded, JsonValue received)
    {
        if (recorded.Text is not { } before || received.Text is not { } after)
        {
            return
                recorded.Kind is JsonValueKind.Object or JsonValueKind.Array
                || received.Kind is JsonValueKind.Object or JsonValueKind.Array
                ? 1
                : Small;
        }

        var prefix = before.AsSpan().CommonPrefixLength(after);
        var suffix = SuffixLength(before.AsSpan(prefix), after.AsSpan(prefix));
        return 1 - (0.6 * (prefix + suffix) / Math.Max(1, Math.Max(before.Length, after.Length)));
    }

    private static int SuffixLength(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    /// <summary>Returns a position a little earlier, at the start of a word if there is one nearby.</summary>
    private static int WordStart(string text, int at)
    {
        var from = Math.Max(0, at - Context);
        var space = from == 0 ? -1 : text.IndexOf(' ', from, at - from);
        var start = space >= 0 ? space + 1 : from;
        return start > 0 && start < text.Length && char.IsLowSurrogate(text[start]) ? start - 1 : start;
    }

    private static string Quote(string text, int start, int end)
    {
        end = Math.Min(text.Length, end + Context);
        if (end - start > Longest)
        {
            end = start + Longest;
        }

        end += end < text.Length && end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return $"'{(start > 0 ? "…" : string.Empty)}{OneLine(text[start..end])}{(end < text.Length ? "…" : string.Empty)}'";
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? OneLine(text) : $"{OneLine(Start(text, longest))}…";

    private static string Whole(string text, int longest) =>
        text.Length <= longest ? text : $"{Start(text, longest - 1)}…";

    /// <summary>Returns the start of a longer text, without splitting a surrogate pair.</summary>
    public static string Start(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>Returns the end of a longer text, without splitting a surrogate pair.</summary>
    public static string End(string text, int length) =>
        $"…{text[(text.Length - length + (char.IsLowSurrogate(text[^length]) ? 1 : 0))..]}";

    /// <summary>
    /// Escapes control characters, which would end the line, move the cursor or change the direction of the text.
    /// </summary>
    private static string OneLine(string text) =>
        !text.Any(IsControl)
            ? text
            : string.Concat(
                text.Select(c =>
                    c switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        _ when IsControl(c) => $"\\u{(int)c:x4}",
                        _ => c.ToString(),
                    }
                )
            );

    private static bool IsControl(char c) =>
        char.IsControl(c)
        || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
