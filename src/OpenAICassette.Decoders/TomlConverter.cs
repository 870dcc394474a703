using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Formats.Toml;
using Tomlyn;
using Tomlyn.Parsing;

namespace OpenAICassette;

/// <summary>Reads TOML with the event parser of Tomlyn.</summary>
internal sealed class TomlConverter : ITomlConverter
{
    private static readonly JsonWriterOptions s_options = new() { MaxDepth = 512, SkipValidation = true };

    /// <inheritdoc/>
    public byte[] ToJson(ReadOnlySpan<byte> toml, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            try
            {
                var events = TomlParser.Create(Encoding.UTF8.GetString(toml));
                while (events.MoveNext())
                {
                    cancellation.ThrowIfCancellationRequested();
                    Write(writer, events);
                }
            }
            catch (TomlException e)
            {
                throw new TomlTextException(ProblemOf(e), e.Line ?? 1, e.Column ?? 1, e);
            }
            catch (InvalidOperationException e)
            {
                throw new TomlTextException($"nested deeper than {s_options.MaxDepth} levels", 1, 1, e);
            }
        }

        return output.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, TomlParser events)
    {
        switch (events.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                writer.WriteStartObject();
                break;
            case TomlParseEventKind.EndTable:
                writer.WriteEndObject();
                break;
            case TomlParseEventKind.StartArray:
                writer.WriteStartArray();
                break;
            case TomlParseEventKind.EndArray:
                writer.WriteEndArray();
                break;
            case TomlParseEventKind.PropertyName:
                writer.WritePropertyName(events.GetPropertyName());
                break;
            case TomlParseEventKind.String:
                writer.WriteStringValue(events.GetString());
                break;
            case TomlParseEventKind.Integer:
                writer.WriteNumberValue(events.Current.GetInt64());
                break;
            case TomlParseEventKind.Float:
                WriteNumber(writer, events.Current.GetDouble());
                break;
            case TomlParseEventKind.Boolean:
                writer.WriteBooleanValue(events.Current.GetBoolean());
                break;
            case TomlParseEventKind.DateTime:
                // The event has the text as written.
                writer.WriteStringValue(events.Current.StringValue);
                break;
        }
    }

    /// <summary>Writes a number; one that JSON does not have, such as inf, becomes a text.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Returns what is wrong, without the place that the parser's message begins with.</summary>
    private static string ProblemOf(TomlException error)
    {
        const string mark = " error : ";
        var start = error.Message.IndexOf(mark, StringComparison.Ordinal);
        var problem = start < 0 ? error.Message : error.Message[(start + mark.Length)..];

        // What follows the first sentence is advice for the parser's user.
        problem = problem.Split(". ")[0].TrimEnd('.', '\n', '\r');
        return problem.Length > 0 ? char.ToLowerInvariant(problem[0]) + problem[1..] : "the text is broken";
    }
}
