using OpenAICassette.Apis;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Reads the exchanges of a file again, and keeps them as long as there is memory for them.</summary>
internal sealed class ExchangeReader(
    CassetteSource source,
    Func<ReadOnlyMemory<byte>, IReadOnlyList<ExchangeDraft>> read
)
{
    private WeakReference<IReadOnlyList<ExchangeDraft>>? _recent;
    private int _loans;

    /// <summary>Returns the exchange at a position.</summary>
    public ExchangeDraft Read(ReadOnlyMemory<byte> document, int index)
    {
        if (_recent is null || !_recent.TryGetTarget(out var exchanges) || _loans != source.Loans)
        {
            exchanges = read(document);
            (_recent, _loans) = (new(exchanges), source.Loans);
            source.Keep(exchanges);
        }

        return exchanges[index];
    }
}

/// <summary>Represents the views of an HTTP exchange.</summary>
/// <param name="exchanges">Reads the exchanges of the file.</param>
/// <param name="index">The position of the exchange.</param>
/// <param name="where">What to call the file in errors.</param>
internal sealed class ExchangeViews(ExchangeReader exchanges, int index, string where) : IInteractionViews
{
    private const int FirstErrorStatus = 400;

    /// <summary>Returns the exchange itself.</summary>
    public ExchangeDraft Read(ReadOnlyMemory<byte> document) => exchanges.Read(document, index);

    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document)
    {
        var exchange = Read(document);
        RequireDecoded(exchange.RequestBody, "request");
        return new(exchange.RequestBody)
        {
            Method = exchange.Method,
            Url = exchange.Url,
            Headers = exchange.RequestHeaders,
            SentAt = exchange.SentAt,
        };
    }

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        var exchange = Read(document);
        RequireDecoded(exchange.ResponseBody, "response");
        var frames = StreamFraming.Read(exchange);
        var json = frames is null ? exchange.ResponseBody.Json : default;
        return new(exchange.ResponseBody)
        {
            Status = exchange.Status == 0 ? null : exchange.Status,
            Reason = exchange.Reason,
            Headers = exchange.ResponseHeaders,
            IsStreaming = frames is not null,
            IsVerbatim = exchange.Status != 0,
            Frames = frames ?? [],
            EndedAt = exchange.Duration,
            Values = json.Exists ? [json] : [],
            Error = ErrorOf(exchange),
        };
    }

    private void RequireDecoded(Body body, string message)
    {
        if (body.Undecoded is { } reason)
        {
            throw new CassetteException(
                CassetteError.DecoderUnavailable,
                where,
                $"the body of the {message} of interaction {index} is packed with {body.Coding}, "
                    + $"which is not available here: {reason}"
            );
        }
    }

    private static RecordedError? ErrorOf(ExchangeDraft exchange)
    {
        if (exchange.Failure is { } failure)
        {
            return new RecordedError { Message = failure };
        }

        return exchange.Status >= FirstErrorStatus
            ? ErrorReader.ReadBody(exchange.ResponseBody.Json, exchange.Status)
            : null;
    }
}
