namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// Which rules changed something in a text. Algorithms that differ only in rules without effect give the same key.
/// </summary>
[Flags]
internal enum KeyEffects
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A decimal was brought to five places.</summary>
    RoundedDecimal = 1,

    /// <summary>Stream options were left out.</summary>
    DroppedStreamOptions = 2,

    /// <summary>A project id was left out.</summary>
    DroppedProjectId = 4,

    /// <summary>Something that a file search returned was masked.</summary>
    MaskedFileSearch = 8,
}
