namespace OpenAICassette.Formats.Yaml;

/// <summary>Turns YAML into JSON, so that the readers of all formats read one kind of tree.</summary>
/// <remarks>
/// The parser is in an assembly of its own, OpenAICassette.Yaml, because Core depends on no package.
/// <see cref="YamlDocuments.Reader"/> leads to it.
/// </remarks>
internal interface IYamlReader
{
    /// <summary>Returns each document of a YAML stream as JSON in UTF-8.</summary>
    /// <param name="yaml">The text, in UTF-8.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="YamlTextException">The text is not YAML, or its aliases expand to too much.</exception>
    IReadOnlyList<ReadOnlyMemory<byte>> ToJson(ReadOnlySpan<byte> yaml, CancellationToken cancellation);
}

/// <summary>A text that is not YAML.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
/// <param name="inner">The parser's own error.</param>
internal sealed class YamlTextException(string problem, long line, long column, Exception? inner = null)
    : FormatException(problem, inner)
{
    /// <summary>Gets the line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>Gets the column, from 1.</summary>
    public long Column { get; } = column;
}
