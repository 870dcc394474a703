using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Http;

/// <summary>Creates the server's own errors in the form that clients of these APIs expect.</summary>
internal static class ErrorResponse
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Renders an error.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">The problem.</param>
    public static RenderedResponse Create(int status, string message)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, s_options))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", message);
            json.WriteString("type", status >= 500 ? "server_error" : "invalid_request_error");
            json.WriteNull("param");
            json.WriteNull("code");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        List<KeyValuePair<string, string>> headers = [new("Content-Type", "application/json")];
        if (status == 503)
        {
            headers.Add(new("Retry-After", "1"));
        }

        if (status == 407)
        {
            headers.Add(new("Proxy-Authenticate", "Basic realm=\"cassette\""));
        }

        return RenderedResponse.Create(status, headers, body.WrittenMemory);
    }
}
