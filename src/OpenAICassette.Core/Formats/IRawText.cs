namespace OpenAICassette.Formats;

/// <summary>Represents a format whose texts can be ruled out by the bytes of a file.</summary>
internal interface IRawText
{
    /// <summary>
    /// Returns whether every text of a file stands in its bytes as strings of JSON: whole, or cut into several strings;
    /// nothing is coded, compressed, or in another file.
    /// </summary>
    /// <param name="document">The bytes of the file.</param>
    bool HoldsPlainText(ReadOnlySpan<byte> document);
}

/// <summary>Returns whether a file may be wanted, before it is read as a cassette.</summary>
/// <param name="format">The format of the file.</param>
/// <param name="document">The bytes of the file.</param>
internal delegate bool FileScreen(ICassetteFormat format, ReadOnlySpan<byte> document);
