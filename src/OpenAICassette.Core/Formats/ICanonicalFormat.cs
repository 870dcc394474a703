namespace OpenAICassette.Formats;

/// <summary>Represents a format whose own program lays a file out in one way only.</summary>
internal interface ICanonicalFormat
{
    /// <summary>Returns the bytes of a cassette as the program would have laid them out.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Ends the wait for its file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    byte[] WriteCanonical(Cassette cassette, CancellationToken cancellation);
}
