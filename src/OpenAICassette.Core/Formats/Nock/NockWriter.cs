using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OpenAICassette.Formats.Nock;

/// <summary>Writes recordings of nock, which its <c>nock.loadDefs</c> and <c>nock.define</c> accept.</summary>
internal static class NockWriter
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="InvalidDataException">An exchange has no host, which nock must know.</exception>
    public static void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => JsonFile.Write(output, writer =>
        {
            writer.WriteStartArray();
            foreach (var exchange in exchanges)
            {
                cancellation.ThrowIfCancellationRequested();
                writer.WriteStartObject();
                Write(writer, exchange);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        var (scope, path) = Split(exchange.Url);
        writer.WriteString("scope", scope);
        writer.WriteString("method", exchange.Method);
        writer.WriteString("path", path);
        WriteRequest(writer, exchange.RequestBody);
        writer.WriteNumber("status", exchange.Status);
        WriteResponse(writer, exchange.ResponseBody);
        writer.WriteStartArray("rawHeaders");
        foreach (var field in exchange.ResponseHeaders)
        {
            writer.WriteStringValue(field.Name);
            writer.WriteStringValue(field.Value);
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// Writes the body of a request. JSON stands in place, so that nock compares its values; bytes that are not text
    /// are hexadecimal digits.
    /// </summary>
    private static void WriteRequest(Utf8JsonWriter writer, Body body)
    {
        if (body.Json.Kind is JsonValueKind.Object or JsonValueKind.Array)
        {
            writer.WritePropertyName("body");
            writer.WriteRawValue(body.Json.Utf8.Span, skipInputValidation: true);
        }
        else
        {
            var bytes = body.Bytes.Span;
            var text = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Convert.ToHexStringLower(bytes);
            writer.WriteString("body", text);
        }
    }

    /// <summary>Writes the body of a response: text, or hexadecimal digits; in an array if it is still encoded.</summary>
    private static void WriteResponse(Utf8JsonWriter writer, Body body)
    {
        if (body.Coding is not null)
        {
            writer.WriteStartArray("response");
            writer.WriteStringValue(Convert.ToHexStringLower(body.Recorded.Span));
            writer.WriteEndArray();
        }
        else if (JsonFile.IsText(body.Bytes.Span))
        {
            writer.WriteString("response", Encoding.UTF8.GetString(body.Bytes.Span));
        }
        else
        {
            writer.WriteString("response", Convert.ToHexStringLower(body.Bytes.Span));
            writer.WriteBoolean("responseIsBinary", true);
        }
    }

    /// <summary>Splits a URL into its scope, in which nock expects the port, and the rest.</summary>
    private static (string Scope, string Path) Split(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new InvalidDataException(
                $"nock needs the host that was asked, and the URL '{url}' does not name one"
            );
        }

        var scope = $"{uri.Scheme}://{uri.Host}:{uri.Port}";
        var start = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        return (scope, start < 0 ? "/" : url[start..].Split('#')[0]);
    }
}
