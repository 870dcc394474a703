namespace OpenAICassette.Formats.AgentLogs.OpenCode;

/// <summary>Represents sessions as OpenCode exports them: a document with the messages and their parts.</summary>
internal sealed class OpenCodeFormat : AgentLogFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("opencode")
        {
            Extensions = [".json"],
            Features = Session,
            IsLog = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "info/id"u8) && JsonHead.Has(head, "messages/[]/info/role"u8)
            ? FormatMatch.Certain
            : FormatMatch.No;

    /// <inheritdoc/>
    public override SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation)
    {
        var root = JsonDocuments.Read(document, where);
        JsonFields.List(root["messages"], where, "not a session of OpenCode: expected a list /messages");
        var log = new SessionLog(new OpenCodeDialect());
        new OpenCodeReader(new SessionBuilder(log)).Read(root);
        return log;
    }
}
