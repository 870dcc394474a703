namespace OpenAICassette;

/// <summary>Maps a scalar in single quotation marks, where two are read as one (YAML 1.2, section 7.3.2).</summary>
internal sealed class SingleQuotedMap(string source, string value) : FlowMap(source, value)
{
    /// <inheritdoc/>
    protected override int Read(int start, int end) => ReadContent(start + 1, end - 1);

    /// <inheritdoc/>
    protected override int ReadCharacter(int at, int end)
    {
        base.ReadCharacter(at, end);
        return Source[at] == '\'' ? at + 2 : at + 1;
    }
}
