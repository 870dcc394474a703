namespace OpenAICassette.Formats;

/// <summary>One on-disk format of cassettes.</summary>
internal interface ICassetteFormat
{
    /// <summary>Gets the format's name and what it can hold.</summary>
    FormatInfo Info { get; }

    /// <summary>Tells from a file's beginning whether it is of this format.</summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <summary>Indexes a file in one pass.</summary>
    /// <param name="document">The whole file; it is not kept.</param>
    /// <param name="source">Where views get the bytes again.</param>
    /// <param name="origin">What the cassette is called.</param>
    /// <exception cref="CassetteException">The bytes are not of this format; the message names the place.</exception>
    Cassette Read(ReadOnlySpan<byte> document, CassetteSource source, CassetteOrigin origin);

    /// <summary>
    /// The bytes of a cassette in this format, laid out as the program that the format belongs to would have.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Ends the wait for its file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    byte[] Write(Cassette cassette, CancellationToken cancellation);
}
