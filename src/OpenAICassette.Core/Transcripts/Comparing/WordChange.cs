namespace OpenAICassette;

/// <summary>Words of a text that was compared with another. All that are not added make the old text, all that are not removed the new one.</summary>
/// <param name="Kind">What became of them.</param>
/// <param name="Text">The words with what stands between them.</param>
public sealed record WordChange(WordChangeKind Kind, string Text)
{
    /// <summary>The words, marked as Git marks them: [-removed-], {+added+}.</summary>
    public override string ToString() => Kind switch
    {
        WordChangeKind.Removed => $"[-{Text}-]",
        WordChangeKind.Added => $"{{+{Text}+}}",
        _ => Text,
    };
}
