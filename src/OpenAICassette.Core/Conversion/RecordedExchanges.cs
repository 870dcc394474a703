using OpenAICassette.Apis;
using OpenAICassette.Formats;
using OpenAICassette.Replay;
using OpenAICassette.Text;

namespace OpenAICassette.Conversion;

/// <summary>Returns the exchanges of a cassette as plain values, whatever its format.</summary>
internal static class RecordedExchanges
{
    /// <summary>The status that a replay sends if none was recorded.</summary>
    private const int AssumedStatus = 200;

    /// <summary>Returns the exchanges, in file order.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public static IReadOnlyList<ExchangeDraft> Of(Cassette cassette, CancellationToken cancellation)
    {
        var document = cassette.Read(cancellation);
        return [.. cassette.Interactions.Select(each => Of(each, document))];
    }

    private static ExchangeDraft Of(Interaction interaction, ReadOnlyMemory<byte> document) =>
        interaction.Summary.Views is ExchangeViews views
            ? WithAnswer(views.Read(document), interaction)
            : OfCall(interaction);

    /// <summary>
    /// Returns an exchange whose recorder kept no status, or the objects of a client library instead of a body, with
    /// what a replay of it sends.
    /// </summary>
    private static ExchangeDraft WithAnswer(ExchangeDraft exchange, Interaction interaction)
    {
        var isSession = exchange.Method == ExchangeDraft.WebSocketMethod;
        if (exchange.Status != 0 || exchange.Failure is not null || isSession)
        {
            return exchange;
        }

        if (exchange.Frames.Count == 0)
        {
            return exchange.WithResponse(AssumedStatus, exchange.ResponseHeaders, exchange.ResponseBody);
        }

        var answer = WireFormat.Of(interaction);
        var headers = HeadersOf(answer);
        return exchange.WithResponse(answer.Status, headers, BodyOf(answer, headers));
    }

    /// <summary>Returns the exchange of a call that a client library recorded: what a replay of it sends.</summary>
    private static ExchangeDraft OfCall(Interaction interaction)
    {
        var (request, response) = (interaction.Request, interaction.Response);
        if (interaction.Method == ExchangeDraft.WebSocketMethod)
        {
            return OfSession(interaction);
        }

        var answer = WireFormat.Of(interaction);
        var headers = HeadersOf(answer);
        var method = MethodOf(interaction);
        return new()
        {
            Method = method,
            Url = interaction.IsReconstructed ? AssumedUrl(interaction) : UrlOf(interaction),
            RequestHeaders = request.Headers,
            RequestBody = HasBody(request, method) ? request.Body : Body.Empty,
            Status = answer.Status,
            Reason = response.Reason,
            ResponseHeaders = headers,
            ResponseBody = BodyOf(answer, headers),
            Arrivals = ArrivalsOf(answer),
            SentAt = interaction.StartedAt,
            Duration = response.EndedAt,
            TestId = interaction.TestId,
            ToolName = request.ToolName,
        };
    }

    private static ExchangeDraft OfSession(Interaction session) =>
        new()
        {
            Method = ExchangeDraft.WebSocketMethod,
            Url = session.Url ?? string.Empty,
            RequestHeaders = session.Request.Headers,
            Status = session.Response.Status ?? 0,
            ResponseHeaders = session.Response.Headers,
            Frames = session.Response.Frames,
            SentAt = session.StartedAt,
            TestId = session.TestId,
        };

    private static HeaderList HeadersOf(WireAnswer answer) =>
        new(
            answer
                .Headers.Where(field => field.Key != WireFormat.CassetteHeader)
                .Select(field => new HeaderField(field.Key, field.Value))
        );

    private static Body BodyOf(WireAnswer answer, HeaderList headers) =>
        Body.FromBytes(answer.Join(), headers["content-type"]);

    /// <summary>
    /// Returns the method that was used. The recorder of calls writes POST for all of them, also for lists, which
    /// clients get.
    /// </summary>
    private static string MethodOf(Interaction interaction)
    {
        var isListed = interaction.Request.CalledPath is not null && ApiOperation.Of(interaction).IsList;
        return isListed ? "GET" : interaction.Method ?? "POST";
    }

    /// <summary>
    /// Returns whether a body was sent. Recordings have an empty object where there was none, which no client sends
    /// with these methods.
    /// </summary>
    private static bool HasBody(RecordedRequest request, string method)
    {
        var isUsual = method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS");
        return !request.IsBodiless && (isUsual || !request.Body.Bytes.Span.SequenceEqual("{}"u8));
    }

    /// <summary>
    /// Returns the URL that was asked. The recorder of calls writes the base address of the client and after it the
    /// endpoint with its version, which the client does not send.
    /// </summary>
    private static string UrlOf(Interaction interaction)
    {
        const string version = "/v1";
        var (url, endpoint) = (interaction.Url ?? interaction.Endpoint ?? string.Empty, interaction.Endpoint);
        var path = url.Split('?')[0];
        if (
            endpoint?.StartsWith($"{version}/", StringComparison.Ordinal) != true
            || !path.EndsWith(endpoint, StringComparison.Ordinal)
        )
        {
            return url;
        }

        // A base address that is only a host may have been written by hand, with the version that was sent.
        var address = path[..^endpoint.Length];
        var request = interaction.Request;
        var hasFolder = UrlText.PathOf(address).Trim('/').Length > 0;
        var isAdded =
            address.EndsWith(version, StringComparison.Ordinal)
            || (request.CalledPath is not null && (hasFolder || request.IsOwn));
        return isAdded ? address + endpoint[version.Length..] + url[path.Length..] : url;
    }

    /// <summary>Returns the URL at which the service itself answers such a request.</summary>
    private static string AssumedUrl(Interaction interaction)
    {
        var operation = ApiOperation.Of(interaction);
        var path = operation.Family.PathOf(interaction.Response.Body.Json) ?? interaction.Endpoint ?? "/";
        return new Uri(operation.Family.Upstream, path).ToString();
    }

    private static List<(int Length, TimeSpan At)> ArrivalsOf(WireAnswer answer)
    {
        var arrivals = new List<(int, TimeSpan)>();
        var length = 0;
        foreach (var (frame, at) in answer.Frames.Zip(answer.Offsets))
        {
            length += frame.Length;
            arrivals.Add((length, at));
        }

        return arrivals;
    }
}
