namespace OpenAICassette;

/// <summary>Maps a literal block scalar, whose line breaks stay (YAML 1.2, section 8.1.2).</summary>
internal sealed class LiteralMap(string source, string value) : BlockMap(source, value)
{
    /// <inheritdoc/>
    protected override void TakeBreaks(bool isAfterText, bool isIndented)
    {
        foreach (var at in Breaks)
        {
            Take(BreakAt(at), at);
        }
    }
}
