using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// JSON values as Python prints the objects that they are there: what SDKs put into the messages of their errors.
/// </summary>
internal static class PythonText
{
    /// <summary>Returns the value as Python's <c>repr</c> gives it.</summary>
    public static string Of(JsonValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                text.Append('{')
                    .AppendJoin(", ", value.Members.Select(member => $"{Quoted(member.Key)}: {Of(member.Value)}"))
                    .Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[').AppendJoin(", ", value.Elements.Select(Of)).Append(']');
                break;
            case JsonValueKind.String:
                text.Append(Quoted(value.Text!));
                break;
            case JsonValueKind.Number:
                var number = new ByteBuilder(32);
                PythonNumber.Write(number, value.Utf8.Span);
                text.Append(Encoding.ASCII.GetString(number.Span));
                break;
            default:
                text.Append(value.Truth is { } truth ? (truth ? "True" : "False") : "None");
                break;
        }
    }

    private static string Quoted(string text)
    {
        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            // A lone surrogate is no rune; Python escapes it.
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            if (!isRune || !IsPrintable(rune))
            {
                quoted.Append(Escape(isRune ? rune.Value : text[i]));
            }
            else
            {
                quoted.Append(rune.Value == quote || rune.Value == '\\' ? "\\" : string.Empty).Append(rune.ToString());
            }

            i += isRune ? rune.Utf16SequenceLength - 1 : 0;
        }

        return quoted.Append(quote).ToString();
    }

    private static bool IsPrintable(Rune rune) =>
        rune.Value == ' '
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator
            );

    private static string Escape(int code) =>
        code switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
            < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
        };
}
