using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OpenAICassette.Conversations;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Query.Ask;

/// <summary>Writes the rows of an answer as lines of text.</summary>
internal static class ResultText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";
    private const int WidestColumn = 60;

    /// <summary>Returns the lines. Those of JSON and CSV are written as the rows are read.</summary>
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        ResultFormat format
    ) =>
        format switch
        {
            ResultFormat.Json => rows.Select(row => Json(columns, row)),
            ResultFormat.Csv => rows.Select(row => row.Select(Field))
                .Prepend(columns)
                .Select(row => string.Join(',', row.Select(Quoted))),
            _ => Table(columns, rows),
        };

    private static string Json(IReadOnlyList<string> columns, object?[] row) =>
        JsonLine.Write(writer =>
        {
            for (var i = 0; i < row.Length; i++)
            {
                writer.WritePropertyName(columns[i]);
                Write(writer, row[i]);
            }
        });

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    writer.WritePropertyName(Shown(member.Key));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case IList elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    Write(writer, element is int or short ? Convert.ToInt64(element, null) : element);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteTextValue(Shown(value));
                break;
        }
    }

    /// <summary>Returns a value as text; lists and structures as JSON.</summary>
    private static string Shown(object? value) =>
        value switch
        {
            null => string.Empty,
            string text => text,
            bool truth => truth ? "true" : "false",
            DateTime time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
            IDictionary or IList => JsonOf(value),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    private static string JsonOf(object value)
    {
        var line = JsonLine.Write(writer =>
        {
            writer.WritePropertyName(string.Empty);
            Write(writer, value);
        });
        return line["{\"\":".Length..^1];
    }

    /// <summary>Returns a value of CSV. A text that a spreadsheet would compute begins with an apostrophe.</summary>
    private static string Field(object? value)
    {
        var text = InertText.OfLines(Shown(value).ReplaceLineEndings("\n"));
        var isFormula = value is string && text is ['=' or '+' or '-' or '@' or '\t', ..];
        return isFormula ? $"'{text}" : text;
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Returns a table whose columns are as wide as their widest value.</summary>
    private static IEnumerable<string> Table(IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var all = rows.Select(row => row.ToArray()).ToList();
        var isNumber = columns.Select((_, i) => all.Exists(row => row[i] is long or double or decimal)).ToArray();
        var texts = all.Select(row => row.Select(Cell).ToArray())
            .Prepend([.. columns.Select(name => Cell(name.ToUpperInvariant()))])
            .ToList();
        var widths = columns.Select((_, i) => texts.Max(row => CellWidth.Of(row[i]))).ToArray();
        return texts.Select(row =>
            string.Join("  ", row.Select((text, i) => Padded(text, widths[i], isNumber[i]))).TrimEnd()
        );
    }

    private static string Cell(object? value) =>
        InertText.Of(Shortened.To(Shown(value).ReplaceLineEndings(" "), WidestColumn));

    private static string Padded(string text, int width, bool isNumber)
    {
        var space = new string(' ', width - CellWidth.Of(text));
        return isNumber ? space + text : text + space;
    }
}
