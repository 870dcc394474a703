using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Answers requests about the server itself, which are not in its journal: for probes, Prometheus and test programs.
/// </summary>
internal sealed class ControlRoutes(RequestPlayer player, ServerCounters counters)
{
    private const string Prefix = "/__cassette/";

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the answer to a request about the server; null for any other request.</summary>
    /// <param name="exchange">The request.</param>
    public RenderedResponse? Answer(HttpExchange exchange)
    {
        var path = exchange.Path;
        if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return exchange.IsFromOtherSite
                ? ErrorResponse.Create(403, "a web page of another site sent the request")
                : Control(exchange, path[Prefix.Length..]);
        }

        // Servers of models have such paths too; what was recorded there is played.
        var isProbe = path is "/healthz" or "/readyz" or "/metrics" && exchange.Method is "GET" or "HEAD";
        return !isProbe || player.IsRecorded(path) ? null
            : path == "/metrics" ? Text(200, Metrics(), "text/plain; version=0.0.4; charset=utf-8")
            : path == "/readyz" && exchange.Stopping.IsCancellationRequested ? Text(503, "the server stops\n")
            : Text(200, "ok\n");
    }

    private RenderedResponse Control(HttpExchange exchange, string name)
    {
        switch (name, exchange.Method)
        {
            case ("requests", "GET" or "HEAD"):
                return Requests(exchange.Query);
            case ("reset", "POST"):
                player.Reset();
                return RenderedResponse.Create(204, [], default);
            case ("requests", _):
                return ErrorResponse.Create(405, $"{Prefix}requests takes GET");
            case ("reset", _):
                return ErrorResponse.Create(405, $"{Prefix}reset takes POST");
            default:
                return ErrorResponse.Create(404, $"expected {Prefix}requests or {Prefix}reset");
        }
    }

    /// <summary>Returns the journal, or the part of it after a number.</summary>
    private RenderedResponse Requests(string query)
    {
        const string parameter = "after=";
        var after = 0;
        if (
            query.Length > 0
            && !(
                query.StartsWith(parameter, StringComparison.Ordinal)
                && int.TryParse(
                    query.AsSpan(parameter.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out after
                )
            )
        )
        {
            return ErrorResponse.Create(400, $"expected the query {parameter} with the number of a request");
        }

        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, s_json))
        {
            json.WriteStartObject();
            json.WriteStartArray("requests");
            foreach (var request in player.Journal.Requests.Where(request => request.Number > after))
            {
                Write(json, request);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return RenderedResponse.Create(200, [new("Content-Type", "application/json")], body.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, ReceivedRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("number", request.Number);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteString("model", request.Model);
        json.WriteString("outcome", request.Outcome.ToString().ToLowerInvariant());
        json.WriteNumber("status", request.Status);
        json.WriteString("cassette", request.Interaction?.Cassette.RelativePath);
        json.WriteString("fault", request.Fault?.ToString());
        json.WriteString("error", request.Error ?? request.Miss?.Message);
        json.WriteEndObject();
    }

    private string Metrics()
    {
        var plays = player.Plays.Select(played => played.Plays).ToList();
        return counters.Render(plays.Count, plays.Count(count => count == 0), player.Journal.Lost);
    }

    private static RenderedResponse Text(int status, string text, string type = "text/plain; charset=utf-8") =>
        RenderedResponse.Create(status, [new("Content-Type", type)], Encoding.UTF8.GetBytes(text));
}
