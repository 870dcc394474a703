using OpenAICassette.Cassettes;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents the index of a file of traces: its calls of models, and where its calls of tools stand.
/// </summary>
/// <param name="dialect">Reads the spans.</param>
internal sealed class TraceLog(ITraceDialect dialect)
{
    private readonly List<LogSpan> _others = [];
    private readonly Dictionary<string, List<LogSpan>> _records = new(StringComparer.Ordinal);

    /// <summary>Gets what reads the spans.</summary>
    public ITraceDialect Dialect => dialect;

    /// <summary>Gets the calls, in file order.</summary>
    public List<InteractionSummary> Calls { get; } = [];

    /// <summary>Gets what could not be read; the rest was.</summary>
    public List<CassetteException> Problems { get; } = [];

    /// <summary>Returns the traces that a cassette holds; null if it holds none.</summary>
    public static TraceLog? Of(Cassette cassette) =>
        cassette.Interactions is [var first, ..] && first.Summary.Views is TraceViews views ? views.Log : null;

    /// <summary>Adds a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="records">The log records that name it.</param>
    /// <param name="line">The line of the file; null if it does not consist of lines.</param>
    /// <param name="session">The id of the session that its trace belongs to; null if it is not known.</param>
    public void Add(JsonValue span, IReadOnlyList<JsonValue> records, int? line, string? session = null)
    {
        if (dialect.Describe(span, records) is not { } call)
        {
            _others.Add(LogSpan.Of(span));
            return;
        }

        call = call with { Place = call.Place with { Line = line, SessionId = call.Place.SessionId ?? session } };
        Calls.Add(SummaryOf(call, [LogSpan.Of(span), .. records.Select(LogSpan.Of)]));
    }

    /// <summary>Keeps a log record whose span stands in another line.</summary>
    /// <param name="id">The id of the span.</param>
    /// <param name="record">The record.</param>
    public void Keep(string id, JsonValue record)
    {
        if (!_records.TryGetValue(id, out var records))
        {
            _records[id] = records = [];
        }

        records.Add(LogSpan.Of(record));
    }

    /// <summary>Adds the records that were kept to their calls, after all spans were added.</summary>
    /// <param name="idOf">Returns the id of a span.</param>
    /// <param name="document">The file's bytes.</param>
    public void Join(Func<LoggedCall, string> idOf, ReadOnlyMemory<byte> document)
    {
        for (var i = 0; _records.Count > 0 && i < Calls.Count; i++)
        {
            var views = (TraceViews)Calls[i].Views;
            var place = views.Call.Place;
            if (!_records.TryGetValue(idOf(place), out var kept))
            {
                continue;
            }

            LogSpan[] records = [.. views.Spans.Skip(1).Concat(kept).OrderBy(record => record.Start)];
            var span = views.Spans[0];
            var call = dialect.Describe(span.In(document), [.. records.Select(record => record.In(document))])!;
            Calls[i] = SummaryOf(call with { Place = place }, [span, .. records]);
        }

        _records.Clear();
    }

    private InteractionSummary SummaryOf(TracedCall call, LogSpan[] spans) =>
        new()
        {
            Method = "POST",
            Url = string.Empty,
            Endpoint = call.Path,
            Model = call.Model ?? call.AnsweredModel,
            HasError = call.Failure is not null,
            IsReconstructed = true,
            Views = new TraceViews(this, call, spans),
        };

    /// <summary>Returns the calls of tools that spans of their own are about.</summary>
    public IReadOnlyList<TracedTool> ToolsIn(ReadOnlyMemory<byte> document) =>
        [.. _others.Select(span => dialect.ReadTool(span.In(document))).OfType<TracedTool>()];
}
