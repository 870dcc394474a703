namespace OpenAICassette.Formats.Yaml;

/// <summary>The exception that is thrown when a text is not YAML.</summary>
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
