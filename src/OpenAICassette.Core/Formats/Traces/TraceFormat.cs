using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents a format whose files are traces: a document, or one on each line. Each span of a call of a model is an
/// interaction; all others stay in the file as they are.
/// </summary>
internal abstract class TraceFormat : ICassetteFormat
{
    private const FormatFeatures Trace =
        FormatFeatures.Requests
        | FormatFeatures.ManyInteractions
        | FormatFeatures.StartTime
        | FormatFeatures.Duration
        | FormatFeatures.Failures;

    /// <summary>Creates a format.</summary>
    /// <param name="name">The name.</param>
    protected TraceFormat(string name) =>
        Info = new(name)
        {
            Extensions = [".json", ".jsonl"],
            Features = Trace,
            IsLog = true,
        };

    /// <inheritdoc/>
    public FormatInfo Info { get; }

    /// <inheritdoc/>
    public abstract FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation)
    {
        var document = source.Read(cancellation);
        JsonDocuments.RequireText(document.Span, source.Name);
        var log = new TraceLog(Dialect);
        var whole = JsonValue.ParseOrUndefined(document, JsonText.MarkLength(document.Span));
        var isKnown = whole.Exists && Read(whole, null, log);
        if (!whole.Exists)
        {
            foreach (var line in LogLines.Read(document, source.Name, log.Problems, cancellation))
            {
                isKnown |= Read(line.Value, line.Number, log);
            }

            Join(log, document);
        }

        if (!isKnown)
        {
            if (log.Problems.Count > 0)
            {
                // What is not JSON is said with its place.
                JsonDocuments.Read(document, source.Name);
            }

            throw JsonFields.WrongShape(source.Name, $"not a trace in the format {Info.Name}: it has no spans");
        }

        return new(log.Calls) { Problems = log.Problems };
    }

    /// <summary>Gets what reads the spans.</summary>
    protected abstract ITraceDialect Dialect { get; }

    /// <summary>Adds what stands in other lines to the spans of all lines.</summary>
    /// <param name="log">Has the spans.</param>
    /// <param name="document">The file's bytes.</param>
    protected virtual void Join(TraceLog log, ReadOnlyMemory<byte> document) { }

    /// <summary>Adds the spans of a document, or of a line.</summary>
    /// <param name="root">The document.</param>
    /// <param name="line">The number of the line; null for a whole document.</param>
    /// <param name="log">Takes the spans.</param>
    /// <returns>Whether it has the shape of the format.</returns>
    protected abstract bool Read(JsonValue root, int? line, TraceLog log);
}
