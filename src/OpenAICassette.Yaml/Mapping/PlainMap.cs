namespace OpenAICassette;

/// <summary>Maps a plain scalar (YAML 1.2, section 7.3.3).</summary>
internal sealed class PlainMap(string source, string value) : FlowMap(source, value)
{
    /// <inheritdoc/>
    protected override int Read(int start, int end) => ReadContent(start, end);
}
