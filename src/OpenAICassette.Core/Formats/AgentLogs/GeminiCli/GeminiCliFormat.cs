using OpenAICassette.Text;

namespace OpenAICassette.Formats.AgentLogs.GeminiCli;

/// <summary>
/// Represents the sessions of Gemini CLI: a message on each line, which a later line can change, go back before, or
/// replace. Older sessions are one document.
/// </summary>
internal sealed class GeminiCliFormat : AgentLogFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("gemini-cli")
        {
            Extensions = [".jsonl", ".json"],
            Features = Session,
            IsLog = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "sessionId"u8) && JsonHead.Has(head, "projectHash"u8) ? FormatMatch.Certain : FormatMatch.No;

    /// <inheritdoc/>
    public override SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation)
    {
        JsonDocuments.RequireText(document.Span, where);
        var log = new SessionLog(new GeminiDialect());
        var reader = new GeminiCliReader(new SessionBuilder(log));
        if (IsDocument(document))
        {
            reader.Read(new LogLine(0, JsonDocuments.Read(document, where)));
        }
        else
        {
            foreach (var line in LogLines.Read(document, where, log.Problems, cancellation))
            {
                reader.Read(line);
            }
        }

        return reader.IsKnown
            ? log
            : throw JsonFields.WrongShape(where, "not a session of Gemini CLI: there is no \"sessionId\"");
    }

    private static bool IsDocument(ReadOnlyMemory<byte> document)
    {
        var start = JsonText.MarkLength(document.Span);
        var end = document.Span[start..].IndexOf((byte)'\n');
        return end >= 0 && !JsonValue.ParseOrUndefined(document[..(start + end)], start).Exists;
    }
}
