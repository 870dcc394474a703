namespace OpenAICassette.Formats.AgentLogs.ClaudeCode;

/// <summary>
/// Represents the sessions of Claude Code: an entry on each line, linked to the one before it, so that a session can go
/// back and have several ends. The logs of sub-agents have the same lines.
/// </summary>
internal sealed class ClaudeCodeFormat : AgentLogFormat
{
    private const int Longest = 256 << 10;
    private const int MostLines = 12;

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("claude-code")
        {
            Extensions = [".jsonl"],
            Features = Session,
            IsLog = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var seen = head[..Math.Min(head.Length, Longest)];
        if (!DocumentFormat.IsJson(seen) || (seen.IndexOf("\"uuid\""u8) < 0 && seen.IndexOf("\"leafUuid\""u8) < 0))
        {
            return FormatMatch.No;
        }

        var best = FormatMatch.No;
        foreach (var line in LogLines.Peek(seen, MostLines))
        {
            if (line["uuid"].Text is not null && line["sessionId"].Text is not null && line["type"].Text is not null)
            {
                return FormatMatch.Certain;
            }

            best = line["type"].Text == "summary" && line["leafUuid"].Exists ? FormatMatch.Likely : best;
        }

        return best;
    }

    /// <inheritdoc/>
    public override SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation)
    {
        JsonDocuments.RequireText(document.Span, where);
        var log = new SessionLog(new ClaudeCodeDialect());
        var reader = new ClaudeCodeReader(new SessionBuilder(log));
        var isKnown = false;
        foreach (var line in LogLines.Read(document, where, log.Problems, cancellation))
        {
            isKnown |= reader.Read(line);
        }

        return isKnown
            ? log
            : throw JsonFields.WrongShape(where, "not a session of Claude Code: no line has a \"uuid\"");
    }
}
