using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Formats.Har;

/// <summary>Writes HTTP archives 1.2. Bodies are written decoded, as the format says.</summary>
internal static class HarWriter
{
    /// <summary>Writes an archive.</summary>
    public static void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => JsonFile.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("log");
            writer.WriteString("version", "1.2");
            writer.WriteObject("creator", () =>
            {
                writer.WriteString("name", JsonFile.Product);
                writer.WriteString("version", JsonFile.ProductVersion);
            });
            writer.WriteStartArray("pages");
            writer.WriteEndArray();
            writer.WriteStartArray("entries");
            var orders = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var exchange in exchanges)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteEntry(writer, exchange, orders);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    /// <summary>Writes an entry.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="orders">How many entries with an id were written, for Polly.js, which counts repeated requests.</param>
    private static void WriteEntry(Utf8JsonWriter writer, ExchangeDraft exchange, Dictionary<string, int> orders)
    {
        var time = exchange.Duration?.TotalMilliseconds ?? 0;
        var id = PollyId.Of(exchange);
        var order = orders[id] = orders.GetValueOrDefault(id, -1) + 1;
        writer.WriteStartObject();
        writer.WriteString("_id", id);
        writer.WriteNumber("_order", order);
        writer.WriteString(
            "startedDateTime",
            (exchange.SentAt ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture
            )
        );
        writer.WriteNumber("time", time);
        writer.WriteObject("request", () => WriteRequest(writer, exchange));
        writer.WriteObject("response", () => WriteResponse(writer, exchange));
        writer.WriteObject("cache", () => { });
        writer.WriteObject("timings", () =>
        {
            foreach (var phase in (string[])["blocked", "dns", "connect", "ssl"])
            {
                writer.WriteNumber(phase, -1);
            }

            writer.WriteNumber("send", 0);
            writer.WriteNumber("wait", time);
            writer.WriteNumber("receive", 0);
        });
        writer.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        var body = exchange.RequestBody;
        writer.WriteString("method", exchange.Method);
        writer.WriteString("url", exchange.Url);
        writer.WriteString("httpVersion", exchange.HttpVersion ?? "HTTP/1.1");
        WriteEmpty(writer, "cookies");
        WriteHeaders(writer, exchange.RequestHeaders);
        writer.WriteStartArray("queryString");
        foreach (var pair in QueryOf(exchange.Url).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, right) : (pair, string.Empty);
            WritePair(writer, Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
        }

        writer.WriteEndArray();
        if (!body.IsEmpty)
        {
            writer.WriteObject("postData", () =>
            {
                writer.WriteString("mimeType", body.MediaType ?? string.Empty);
                WriteEmpty(writer, "params");
                WriteText(writer, body.Bytes.Span);
            });
        }

        writer.WriteNumber("headersSize", -1);
        writer.WriteNumber("bodySize", body.Bytes.Length);
    }

    private static void WriteResponse(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        var body = exchange.ResponseBody;
        writer.WriteNumber("status", exchange.Status);
        writer.WriteString("statusText", JsonFile.ReasonOf(exchange));
        writer.WriteString("httpVersion", exchange.HttpVersion ?? "HTTP/1.1");
        WriteEmpty(writer, "cookies");
        WriteHeaders(writer, exchange.ResponseHeaders);
        writer.WriteObject("content", () =>
        {
            writer.WriteNumber("size", body.Bytes.Length);
            writer.WriteString("mimeType", body.MediaType ?? string.Empty);
            WriteText(writer, body.Bytes.Span);
        });
        writer.WriteString("redirectURL", exchange.ResponseHeaders["location"] ?? string.Empty);
        writer.WriteNumber("headersSize", -1);
        writer.WriteNumber("bodySize", body.Recorded.Length);
    }

    private static string QueryOf(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal) + 1;
        return query == 0 ? string.Empty : url[query..].Split('#')[0];
    }

    /// <summary>Writes a body as text, or in base64 with the member that says so.</summary>
    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        if (JsonFile.IsText(bytes))
        {
            writer.WriteString("text", Encoding.UTF8.GetString(bytes));
        }
        else
        {
            writer.WriteBase64String("text", bytes);
            writer.WriteString("encoding", "base64");
        }
    }

    private static void WriteHeaders(Utf8JsonWriter writer, HeaderList headers)
    {
        writer.WriteStartArray("headers");
        foreach (var field in headers)
        {
            WritePair(writer, field.Name, field.Value);
        }

        writer.WriteEndArray();
    }

    private static void WritePair(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }
}
