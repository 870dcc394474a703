namespace OpenAICassette.Formats;

/// <summary>An on-disk format of cassettes.</summary>
internal interface ICassetteFormat
{
    /// <summary>Gets the format's name and what it can hold.</summary>
    FormatInfo Info { get; }

    /// <summary>Returns whether a file is of this format.</summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    FormatMatch Probe(ReadOnlySpan<byte> head);

    /// <summary>Indexes a file in one pass.</summary>
    /// <param name="source">The file; its bytes are at hand and are not kept.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CassetteException">The bytes are not of this format; the message names the place.</exception>
    CassetteIndex Index(CassetteSource source, CancellationToken cancellation);
}
