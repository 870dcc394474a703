namespace OpenAICassette;

/// <summary>One difference between two recordings of a call.</summary>
/// <param name="Area">What part of the call it is in.</param>
/// <param name="Place">Where: for example messages[3].content, tools.get_weather.parameters.properties.city, choices[0].finish_reason.</param>
/// <param name="Old">What the old one has there: text as it is, all else as JSON; null where it has nothing.</param>
/// <param name="New">What the new one has there; null where it has nothing.</param>
public sealed record CassetteDifference(DifferenceArea Area, string Place, string? Old, string? New)
{
    /// <summary>Word by word, for texts; none for values.</summary>
    public IReadOnlyList<WordChange> Words { get; init => field = value.ToArray(); } = Array.Empty<WordChange>();

    /// <summary>For example: request messages[3].content: in [-all-]{+no+} caps.</summary>
    public override string ToString()
        => $"{Area.ToString().ToLowerInvariant()} {Place}: {(Words.Count > 0 ? string.Concat(Words) : $"{Old ?? "nothing"} → {New ?? "nothing"}")}";
}
