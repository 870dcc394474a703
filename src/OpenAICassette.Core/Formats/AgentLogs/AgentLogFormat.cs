namespace OpenAICassette.Formats.AgentLogs;

/// <summary>
/// Represents a format whose files are logs of agents. Each answer of the model is an interaction; its request is put
/// together from what the log says was known then.
/// </summary>
internal abstract class AgentLogFormat : ICassetteFormat
{
    /// <summary>What logs hold.</summary>
    protected const FormatFeatures Session =
        FormatFeatures.Requests | FormatFeatures.ManyInteractions | FormatFeatures.StartTime | FormatFeatures.Duration;

    /// <inheritdoc/>
    public abstract FormatInfo Info { get; }

    /// <inheritdoc/>
    public abstract FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation)
    {
        var log = Read(source.Read(cancellation), source.Name, cancellation);
        return new([.. log.Turns.Select(turn => LogViews.Summarize(log, turn))]) { Problems = log.Problems };
    }

    /// <summary>Reads a log.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CassetteException">The file is not a log of this kind.</exception>
    public abstract SessionLog Read(ReadOnlyMemory<byte> document, string where, CancellationToken cancellation);
}
