namespace OpenAICassette.Formats;

/// <summary>Which cassettes are wanted. A cassette is when one of its interactions meets every condition that is given.</summary>
public sealed record CassetteFilter
{
    /// <summary>Tells whether a model is wanted; null for any.</summary>
    public Predicate<string>? Model { get; init; }

    /// <summary>Tells whether an endpoint is wanted; null for any.</summary>
    public Predicate<string>? Endpoint { get; init; }

    /// <summary>Whether streams or other responses are wanted; null for both.</summary>
    public bool? Streaming { get; init; }

    /// <summary>True for a cassette that is wanted.</summary>
    /// <param name="cassette">The cassette.</param>
    public bool Includes(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return cassette.Interactions.Any(interaction =>
            (Model is null || Model(interaction.Model ?? string.Empty))
            && (Endpoint is null || Endpoint(interaction.Endpoint ?? string.Empty))
            && (Streaming is null || Streaming == interaction.IsStreaming));
    }
}
