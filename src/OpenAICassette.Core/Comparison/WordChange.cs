namespace OpenAICassette;

/// <summary>
/// Represents words of a compared text. All words that are not added form the old text; all that are not removed
/// form the new one.
/// </summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Text">The words, including the text between them.</param>
public sealed record WordChange(WordChangeKind Kind, string Text)
{
    /// <summary>Returns the words, marked as in Git: [-removed-], {+added+}.</summary>
    public override string ToString() =>
        Kind switch
        {
            WordChangeKind.Removed => $"[-{Text}-]",
            WordChangeKind.Added => $"{{+{Text}+}}",
            _ => Text,
        };
}

/// <summary>Specifies how words changed.</summary>
public enum WordChangeKind
{
    /// <summary>The words are in both texts.</summary>
    Same,

    /// <summary>The words are only in the old text.</summary>
    Removed,

    /// <summary>The words are only in the new text.</summary>
    Added,
}
