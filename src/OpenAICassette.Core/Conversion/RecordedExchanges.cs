using OpenAICassette.Apis;
using OpenAICassette.Formats;
using OpenAICassette.Replay;

namespace OpenAICassette.Conversion;

/// <summary>Returns the exchanges of a cassette as plain values, whatever its format.</summary>
internal static class RecordedExchanges
{
    /// <summary>Returns the exchanges, in file order.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public static IReadOnlyList<ExchangeDraft> Of(Cassette cassette, CancellationToken cancellation)
    {
        var document = cassette.Read(cancellation);
        return [.. cassette.Interactions.Select(each => Of(each, document))];
    }

    private static ExchangeDraft Of(Interaction interaction, ReadOnlyMemory<byte> document) =>
        interaction.Summary.Views is ExchangeViews views ? views.Read(document) : OfCall(interaction);

    /// <summary>Returns the exchange of a call that a client library recorded: what a replay of it sends.</summary>
    private static ExchangeDraft OfCall(Interaction interaction)
    {
        var (request, response) = (interaction.Request, interaction.Response);
        var answer = WireFormat.Of(interaction);
        var headers = new HeaderList(
            answer
                .Headers.Where(field => field.Key != WireFormat.CassetteHeader)
                .Select(field => new HeaderField(field.Key, field.Value))
        );
        return new()
        {
            Method = interaction.Method ?? "POST",
            Url = interaction.IsReconstructed ? AssumedUrl(interaction) : UrlOf(interaction),
            RequestHeaders = request.Headers,
            RequestBody = request.Body,
            Status = answer.Status,
            Reason = response.Reason,
            ResponseHeaders = headers,
            ResponseBody = Body.FromBytes(answer.Join(), headers["content-type"]),
            Arrivals = ArrivalsOf(answer),
            SentAt = interaction.StartedAt,
            Duration = response.EndedAt,
            TestId = interaction.TestId,
        };
    }

    /// <summary>
    /// Returns the URL that was asked. Where the base address of the client and the endpoint both have the version, the
    /// recorder of calls writes it twice.
    /// </summary>
    private static string UrlOf(Interaction interaction)
    {
        const string version = "/v1";
        var (url, endpoint) = (interaction.Url ?? interaction.Endpoint ?? string.Empty, interaction.Endpoint);
        var path = url.Split('?')[0];
        var isTwice =
            endpoint?.StartsWith($"{version}/", StringComparison.Ordinal) == true
            && path.EndsWith(version + endpoint, StringComparison.Ordinal);
        return isTwice ? path[..^(version.Length + endpoint!.Length)] + endpoint + url[path.Length..] : url;
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
