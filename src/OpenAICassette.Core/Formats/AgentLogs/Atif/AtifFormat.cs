namespace OpenAICassette.Formats.AgentLogs.Atif;

/// <summary>
/// Represents trajectories of agents in the interchange format of Harbor (ATIF), versions 1.0 to 1.7: steps of the
/// system,
/// the user and the agent, and the trajectories of sub-agents.
/// </summary>
internal sealed class AtifFormat : AgentLogFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("atif")
        {
            Extensions = [".json"],
            Features = Session,
            IsLog = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        const int beginning = 4096;
        var isNamed = head[..Math.Min(head.Length, beginning)].IndexOf("\"ATIF-v"u8) >= 0;
        return isNamed && JsonHead.Has(head, "schema_version"u8) ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation)
    {
        var root = JsonDocuments.Read(document, where);
        JsonFields.List(root["steps"], where, "not a trajectory: expected a list /steps");
        var log = new SessionLog(new AtifDialect());
        new AtifReader(new SessionBuilder(log)).Read(root);
        return log;
    }
}
