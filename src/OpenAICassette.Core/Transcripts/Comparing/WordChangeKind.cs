namespace OpenAICassette;

/// <summary>What became of words.</summary>
public enum WordChangeKind
{
    /// <summary>They are in both texts.</summary>
    Same,

    /// <summary>They are only in the old text.</summary>
    Removed,

    /// <summary>They are only in the new text.</summary>
    Added,
}
