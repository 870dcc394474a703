namespace OpenAICassette.Formats.AgentLogs.Codex;

/// <summary>
/// Represents the sessions of Codex: items of the Responses API, and events for the screen that repeat much of them.
/// Each
/// line is in an envelope; until October 2025, the items stood alone after a line about the session.
/// </summary>
internal sealed class CodexFormat : AgentLogFormat
{
    private const int Longest = 256 << 10;
    private const int MostLines = 6;

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("codex")
        {
            Extensions = [".jsonl"],
            Features = Session,
            IsLog = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var seen = head[..Math.Min(head.Length, Longest)];
        if (!DocumentFormat.IsJson(seen) || seen.IndexOf("\"timestamp\""u8) < 0)
        {
            return FormatMatch.No;
        }

        var lines = LogLines.Peek(seen, MostLines);
        if (lines.Any(line => line["payload"].Exists && CodexReader.IsEnvelope(line["type"].Text)))
        {
            return FormatMatch.Certain;
        }

        var isOld =
            lines is [var first, ..]
            && !first["type"].Exists
            && first["id"].Text is not null
            && first["timestamp"].Text is not null
            && (first["instructions"].Exists || first["git"].Exists);
        return isOld ? FormatMatch.Likely : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation)
    {
        JsonDocuments.RequireText(document.Span, where);
        var log = new SessionLog(new CodexDialect());
        var reader = new CodexReader(new SessionBuilder(log));
        foreach (var line in LogLines.Read(document, where, log.Problems, cancellation))
        {
            reader.Read(line);
        }

        return reader.IsKnown
            ? log
            : throw JsonFields.WrongShape(where, "not a session of Codex: no line is about one");
    }
}
