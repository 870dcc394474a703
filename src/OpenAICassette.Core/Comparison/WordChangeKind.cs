namespace OpenAICassette;

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
