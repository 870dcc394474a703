namespace OpenAICassette.Transcripts;

/// <summary>Represents what a page shows besides what was recorded.</summary>
internal sealed record PageOptions
{
    /// <summary>Gets the options that add nothing.</summary>
    public static PageOptions None { get; } = new();

    /// <summary>Gets the function that finds the price of a model; null for no costs.</summary>
    public Func<string, TokenPrice?>? Price { get; init; }

    /// <summary>Gets the number of characters of a page; sound that would make it longer is left out.</summary>
    public int MostCharacters { get; init; } = 24_000_000;

    /// <summary>Gets the function that returns the address of a cassette from its page; null for none.</summary>
    public Func<Cassette, string?>? Link { get; init; }
}
