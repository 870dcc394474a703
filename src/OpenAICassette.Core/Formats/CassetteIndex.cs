using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>What one pass over a file found: its interactions, and how to read each of them again.</summary>
public sealed class CassetteIndex
{
    internal CassetteIndex(IReadOnlyList<InteractionSummary> summaries) => Summaries = summaries;

    /// <summary>Gets what is known of each interaction, in file order.</summary>
    internal IReadOnlyList<InteractionSummary> Summaries { get; }

    /// <summary>Gets what could not be read, if the rest was.</summary>
    internal IReadOnlyList<CassetteException> Problems { get; init; } = [];

    /// <summary>Creates the index of a file that holds HTTP exchanges. What they mean is read from them.</summary>
    /// <param name="source">The file; its bytes are at hand.</param>
    /// <param name="read">Reads the exchanges of the file's bytes, in order; called again when a view is asked for.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CassetteIndex FromExchanges(
        CassetteSource source,
        Func<ReadOnlyMemory<byte>, IReadOnlyList<ExchangeDraft>> read,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(read);
        var exchanges = new ExchangeReader(source, read);
        var summaries = new List<InteractionSummary>();
        foreach (var exchange in read(source.Read(cancellation)))
        {
            cancellation.ThrowIfCancellationRequested();
            summaries.Add(ExchangeSummary.Of(exchange, new ExchangeViews(exchanges, summaries.Count, source.Name)));
        }

        return new(summaries);
    }
}
