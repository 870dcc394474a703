using System.Buffers;
using OpenAICassette.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>Writes a YAML scalar as a JSON value.</summary>
/// <remarks>
/// The core schema of YAML 1.2 (section 10.3.2) decides what a plain scalar is. A number stays as it is written; one
/// that JSON cannot write, such as <c>0x1F</c> or <c>.inf</c>, is text. <c>!!binary</c> and Psych's <c>!binary</c> become
/// an object with one member, <c>!!binary</c>. Other tags are data about data, and dropped: nothing is created from one.
/// </remarks>
internal static class YamlScalar
{
    private const string CoreTag = "tag:yaml.org,2002:";

    /// <summary>What JSON writes as an escape (RFC 8259, section 7).</summary>
    private static readonly SearchValues<char> s_escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (char)code),
        '"',
        '\\',
    ]);

    /// <summary>Writes a scalar.</summary>
    public static void Write(ByteBuilder output, Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is CoreTag + "binary" or "!binary")
        {
            output.Append("{\"!!binary\":"u8);
            WriteString(output, WithoutSpace(scalar.Value));
            output.Append((byte)'}');
        }
        else if (tag is null ? scalar.Style == ScalarStyle.Plain : IsResolved(tag))
        {
            WritePlain(output, scalar.Value);
        }
        else
        {
            WriteString(output, scalar.Value);
        }
    }

    /// <summary>Writes a text, with no more escapes than JSON needs.</summary>
    public static void WriteString(ByteBuilder output, ReadOnlySpan<char> text)
    {
        output.Append((byte)'"');
        while (text.IndexOfAny(s_escaped) is var at and >= 0)
        {
            output.Append(text[..at]);
            WriteEscape(output, text[at]);
            text = text[(at + 1)..];
        }

        output.Append(text);
        output.Append((byte)'"');
    }

    /// <summary>Writes a character that JSON writes as an escape.</summary>
    public static void WriteEscape(ByteBuilder output, char character)
    {
        switch (character)
        {
            case '\n':
                output.Append("\\n"u8);
                break;
            case '\r':
                output.Append("\\r"u8);
                break;
            case '\t':
                output.Append("\\t"u8);
                break;
            case '"' or '\\':
                output.Append([(byte)'\\', (byte)character]);
                break;
            default:
                output.Append($"\\u{(int)character:x4}");
                break;
        }
    }

    private static bool IsResolved(string tag) =>
        tag is CoreTag + "int" or CoreTag + "float" or CoreTag + "bool" or CoreTag + "null";

    /// <summary>Writes a plain scalar, which is a number, a word with a meaning, or a text.</summary>
    public static void WritePlain(ByteBuilder output, string value)
    {
        switch (value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                output.Append("null"u8);
                break;
            case "true" or "True" or "TRUE":
                output.Append("true"u8);
                break;
            case "false" or "False" or "FALSE":
                output.Append("false"u8);
                break;
            case var number when IsJsonNumber(number):
                output.Append(number);
                break;
            default:
                WriteString(output, value);
                break;
        }
    }

    /// <summary>Returns whether a text is a number in JSON (RFC 8259, section 6).</summary>
    private static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        var rest = text.StartsWith('-') ? text[1..] : text;
        if (rest.IsEmpty || (rest[0] == '0' && rest.Length > 1 && char.IsAsciiDigit(rest[1])) || !SkipDigits(ref rest))
        {
            return false;
        }

        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            if (!SkipDigits(ref rest))
            {
                return false;
            }
        }

        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            rest = rest is ['+' or '-', ..] ? rest[1..] : rest;
            if (!SkipDigits(ref rest))
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static bool SkipDigits(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        text = text[length..];
        return length > 0;
    }

    private static string WithoutSpace(string base64) =>
        base64.ReplaceLineEndings(string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal);
}
