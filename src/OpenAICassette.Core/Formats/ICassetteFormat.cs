using System.Buffers;

namespace OpenAICassette;

/// <summary>Reads, and perhaps writes, one on-disk format of cassettes.</summary>
/// <remarks>
/// Implement it to teach the product another recorder's files, and register it with
/// <see cref="CassetteFormats.Register"/>. Listing, transcripts, replay, matching, comparison and conversion then work on
/// them. Secrets need nothing of a format: they are found in the file itself, which is JSON, YAML or other text.
/// </remarks>
/// <example>
/// A format with one call on each line:
/// <code>
/// internal sealed class LineFormat : ICassetteFormat
/// {
///     public FormatInfo Info { get; } = new("my-lines")
///     {
///         Extensions = [".calls"],
///         Features = FormatFeatures.Requests | FormatFeatures.Status | FormatFeatures.ManyInteractions,
///     };
///
///     public FormatMatch Probe(ReadOnlySpan&lt;byte&gt; head) =>
///         head.StartsWith("{\"my_call\""u8) ? FormatMatch.Certain : FormatMatch.No;
///
///     public CassetteIndex Index(CassetteSource source, CancellationToken cancellation) =>
///         CassetteIndex.FromExchanges(source, Read, cancellation);
///
///     private static IReadOnlyList&lt;ExchangeDraft&gt; Read(ReadOnlyMemory&lt;byte&gt; document) => /* one for each line */;
/// }
/// </code>
/// </example>
public interface ICassetteFormat
{
    /// <summary>Gets the format's name and what it can hold.</summary>
    FormatInfo Info { get; }

    /// <summary>Returns how well a file fits the format.</summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <summary>Indexes a file in one pass.</summary>
    /// <param name="source">The file; its bytes are at hand and are not kept.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CassetteException">The bytes are not of this format; the message names the place.</exception>
    CassetteIndex Index(CassetteSource source, CancellationToken cancellation);

    /// <summary>
    /// Writes a file. It is called only if <see cref="FormatInfo.CanWrite"/> is true. What the format cannot hold is left
    /// out; the losses are reported from <see cref="FormatInfo.Features"/>.
    /// </summary>
    /// <param name="exchanges">
    /// The exchanges, in order; one if the features lack <see cref="FormatFeatures.ManyInteractions"/>.
    /// </param>
    /// <param name="output">Receives the file's bytes.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">The format cannot hold one of the exchanges at all.</exception>
    /// <exception cref="NotSupportedException">The format can only be read.</exception>
    void Write(IReadOnlyList<ExchangeDraft> exchanges, IBufferWriter<byte> output, CancellationToken cancellation) =>
        throw new NotSupportedException($"cassettes cannot be written in the format {Info.Name}");
}
