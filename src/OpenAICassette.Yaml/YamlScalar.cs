using System.Text.Json;
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

    /// <summary>Writes a scalar.</summary>
    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is CoreTag + "binary" or "!binary")
        {
            writer.WriteStartObject();
            writer.WriteString("!!binary"u8, WithoutSpace(scalar.Value));
            writer.WriteEndObject();
        }
        else if (tag is null ? scalar.Style == ScalarStyle.Plain : IsResolved(tag))
        {
            WritePlain(writer, scalar.Value);
        }
        else
        {
            writer.WriteStringValue(scalar.Value);
        }
    }

    private static bool IsResolved(string tag) =>
        tag is CoreTag + "int" or CoreTag + "float" or CoreTag + "bool" or CoreTag + "null";

    private static void WritePlain(Utf8JsonWriter writer, string value)
    {
        switch (value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case var number when IsJsonNumber(number):
                writer.WriteRawValue(number, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(value);
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
