using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Formats.TestProxy;

/// <summary>Writes sessions of Azure's test proxy. Bodies are written decoded; what is JSON stands in place.</summary>
internal static class TestProxyWriter
{
    /// <summary>Writes a session.</summary>
    public static void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => JsonFile.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Entries");
            foreach (var exchange in exchanges)
            {
                cancellation.ThrowIfCancellationRequested();
                writer.WriteStartObject();
                writer.WriteString("RequestUri", exchange.Url);
                writer.WriteString("RequestMethod", exchange.Method);
                writer.WriteHeaders("RequestHeaders", exchange.RequestHeaders, isOnePlain: true);
                WriteBody(writer, "RequestBody", exchange.RequestBody, exchange.RequestHeaders);
                writer.WriteNumber("StatusCode", exchange.Status);
                writer.WriteHeaders("ResponseHeaders", exchange.ResponseHeaders, isOnePlain: true);
                WriteBody(writer, "ResponseBody", exchange.ResponseBody, exchange.ResponseHeaders);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("Variables");
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    /// <summary>
    /// Writes a body: JSON in place if it is an object, a number or a boolean; other text as its lines, each with its
    /// end; what is not text in base64.
    /// </summary>
    private static void WriteBody(Utf8JsonWriter writer, string name, Body body, HeaderList headers)
    {
        var isText = TestProxyFormat.IsText(headers["content-type"]);
        if (body.IsEmpty)
        {
            writer.WriteNull(name);
        }
        else if (!isText)
        {
            writer.WriteBase64String(name, body.Bytes.Span);
        }
        else if (IsInPlace(body.Json.Kind))
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(body.Json.Utf8.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteStartArray(name);
            foreach (var line in LinesOf(body))
            {
                writer.WriteStringValue(line);
            }

            writer.WriteEndArray();
        }
    }

    private static bool IsInPlace(JsonValueKind kind) =>
        kind is JsonValueKind.Object or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static IEnumerable<string> LinesOf(Body body) =>
        JsonFile.IsText(body.Bytes.Span)
            ? Lines(Encoding.UTF8.GetString(body.Bytes.Span))
            : [TestProxyFormat.BinaryPart + Convert.ToBase64String(body.Bytes.Span)];

    /// <summary>Returns the lines of a text with their ends; blank lines stay at the line before them.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start);
            while (end >= 0 && end + 1 < text.Length && text[end + 1] is '\r' or '\n')
            {
                end++;
            }

            end = end < 0 ? text.Length : end + 1;
            yield return text[start..end];
            start = end;
        }
    }
}
