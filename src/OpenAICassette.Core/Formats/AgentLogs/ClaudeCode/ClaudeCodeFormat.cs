namespace OpenAICassette.Formats.AgentLogs.ClaudeCode;

/// <summary>
/// Represents the sessions of Claude Code: an entry on each line, linked to the one before it, so that a session can go
/// back and have several ends. The logs of sub-agents have the same lines. The messages of the Claude Agent SDK, and of
/// Claude Code with <c>--output-format stream-json</c>, have no links; they follow each other.
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
        if (LogLines.IsArray(seen))
        {
            return IsArrayOfMessages(seen) ? FormatMatch.Certain : FormatMatch.No;
        }

        var isNamed =
            seen.IndexOf("\"uuid\""u8) >= 0
            || seen.IndexOf("\"leafUuid\""u8) >= 0
            || seen.IndexOf("\"session_id\""u8) >= 0;
        if (!isNamed || !DocumentFormat.IsJson(seen))
        {
            return FormatMatch.No;
        }

        var best = FormatMatch.No;
        foreach (var line in LogLines.Peek(seen, MostLines))
        {
            var isEntry =
                line["uuid"].Text is not null && line["sessionId"].Text is not null && line["type"].Text is not null;
            if (isEntry || IsSdkMessage(line))
            {
                return FormatMatch.Certain;
            }

            best = line["type"].Text == "summary" && line["leafUuid"].Exists ? FormatMatch.Likely : best;
        }

        return best;
    }

    /// <summary>
    /// Returns whether a file begins as an array of messages of the SDK, as <c>--output-format json --verbose</c> and
    /// tests write them. Some tests leave the ids out.
    /// </summary>
    private static bool IsArrayOfMessages(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "[]/type"u8)
        && (
            (JsonHead.Has(head, "[]/parent_tool_use_id"u8) && JsonHead.Has(head, "[]/message/content"u8))
            || (JsonHead.Has(head, "[]/session_id"u8) && head.IndexOf("\"parent_tool_use_id\""u8) >= 0)
        );

    /// <summary>
    /// Returns whether a line is a message of the SDK: the first one, with the tools of the session, or one that says
    /// which call of a tool it belongs to. Other agents write lines that look much like these.
    /// </summary>
    private static bool IsSdkMessage(JsonValue line) =>
        line["session_id"].Text is not null
        && line["type"].Text switch
        {
            "system" => line["subtype"].Text == "init" && line["tools"].Exists && line["mcp_servers"].Exists,
            "user" or "assistant" => line["parent_tool_use_id"].Exists
                && line[ClaudeCodeDialect.Message]["content"].Exists,
            _ => false,
        };

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
