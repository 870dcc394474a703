namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>What an algorithm does to a request before it is hashed.</summary>
internal readonly record struct KeyRules
{
    private KeyRules(int generation)
    {
        RoundsDecimals = generation >= 3;
        DropsStreamOptions = generation >= 4;
        DropsProjectId = generation >= 5;
        MasksFileSearch = generation >= 6;
    }

    /// <summary>Decimals in numbers and texts are brought to five places.</summary>
    public bool RoundsDecimals { get; }

    /// <summary><c>stream_options</c> at the root of the body is left out; only for SDK calls to Bedrock.</summary>
    public bool DropsStreamOptions { get; init; }

    /// <summary><c>project_id</c> in the root's <c>extra_body</c> and <c>extra_query</c> is left out.</summary>
    public bool DropsProjectId { get; }

    /// <summary>Gets what file searches return is masked in texts.</summary>
    public bool MasksFileSearch { get; }

    /// <summary>Gets the effects that these rules can have.</summary>
    public KeyEffects Effects =>
        (RoundsDecimals ? KeyEffects.RoundedDecimal : 0)
        | (DropsStreamOptions ? KeyEffects.DroppedStreamOptions : 0)
        | (DropsProjectId ? KeyEffects.DroppedProjectId : 0)
        | (MasksFileSearch ? KeyEffects.MaskedFileSearch : 0);

    /// <summary>Returns the rules of an algorithm.</summary>
    public static KeyRules Of(KeyAlgorithm algorithm) =>
        algorithm switch
        {
            KeyAlgorithm.H1 or KeyAlgorithm.H2 or KeyAlgorithm.Tool => new(0),
            KeyAlgorithm.H3 or KeyAlgorithm.H3b => new(3),
            KeyAlgorithm.H4 => new(4),
            KeyAlgorithm.H5 => new(5),
            KeyAlgorithm.H6 or KeyAlgorithm.H6b or KeyAlgorithm.H6c or KeyAlgorithm.H7 => new(6),
            KeyAlgorithm.Http4 => new KeyRules(4) { DropsStreamOptions = false },
            KeyAlgorithm.Http5 => new KeyRules(5) { DropsStreamOptions = false },
            _ => new KeyRules(6) { DropsStreamOptions = false },
        };
}
