namespace OpenAICassette.Formats;

/// <summary>
/// Represents a format whose files hold HTTP exchanges. It reads them; what they mean is read from them once, for all.
/// </summary>
internal abstract class ExchangeFormat : ICassetteFormat
{
    /// <summary>What formats hold that keep any number of exchanges with all that HTTP says of them.</summary>
    protected const FormatFeatures WholeHttp =
        FormatFeatures.Requests
        | FormatFeatures.Status
        | FormatFeatures.RequestHeaders
        | FormatFeatures.ResponseHeaders
        | FormatFeatures.RepeatedHeaders
        | FormatFeatures.ManyInteractions
        | FormatFeatures.Host;

    /// <inheritdoc/>
    public abstract FormatInfo Info { get; }

    /// <inheritdoc/>
    public abstract FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation) =>
        CassetteIndex.FromExchanges(source, document => Read(source, document), cancellation);

    /// <summary>Reads the exchanges of a file, in order.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <exception cref="CassetteException">The bytes are not of this format; the message names the place.</exception>
    public abstract IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where);

    /// <summary>Reads the exchanges of a file, in order, with what files beside it hold of them.</summary>
    /// <param name="source">Where the bytes come from.</param>
    /// <param name="document">The file's bytes.</param>
    /// <exception cref="CassetteException">The bytes are not of this format; the message names the place.</exception>
    public virtual IReadOnlyList<ExchangeDraft> Read(CassetteSource source, ReadOnlyMemory<byte> document) =>
        Read(document, source.Name);
}
