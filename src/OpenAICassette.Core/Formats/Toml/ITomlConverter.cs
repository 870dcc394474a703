namespace OpenAICassette.Formats.Toml;

/// <summary>Turns TOML into JSON, so that the readers of all formats know one kind of tree.</summary>
/// <remarks>
/// The parser is in an assembly of its own, OpenAICassette.Decoders, because Core depends on no package.
/// <see cref="TomlDocument.Converter"/> leads to it.
/// </remarks>
internal interface ITomlConverter
{
    /// <summary>Returns a TOML document as JSON in UTF-8.</summary>
    /// <param name="toml">The text, in UTF-8.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="TomlTextException">The text is not TOML.</exception>
    byte[] ToJson(ReadOnlySpan<byte> toml, CancellationToken cancellation);
}

/// <summary>The exception that is thrown when a text is not TOML.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
/// <param name="inner">The parser's own error.</param>
internal sealed class TomlTextException(string problem, int line, int column, Exception? inner = null)
    : FormatException(problem, inner)
{
    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Gets the column, from 1.</summary>
    public int Column { get; } = column;
}
