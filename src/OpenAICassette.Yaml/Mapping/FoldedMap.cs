namespace OpenAICassette;

/// <summary>
/// Maps a folded block scalar, whose line breaks are folded except around lines that are indented further (YAML 1.2,
/// section 8.1.3).
/// </summary>
internal sealed class FoldedMap(string source, string value) : BlockMap(source, value)
{
    private bool _wasIndented;

    /// <inheritdoc/>
    protected override void TakeBreaks(bool isAfterText, bool isIndented)
    {
        var isFolded = isAfterText && !_wasIndented && !isIndented && BreakAt(Breaks[0]) == '\n';
        if (isFolded && Breaks.Count == 1)
        {
            Take(' ', Breaks[0]);
        }

        for (var i = isFolded ? 1 : 0; i < Breaks.Count; i++)
        {
            // The line break that is not read belongs to the next one.
            Take(BreakAt(Breaks[i]), isFolded && i == 1 ? Breaks[0] : Breaks[i]);
        }

        _wasIndented = isIndented;
    }
}
