namespace OpenAICassette;

/// <summary>
/// What OpenAICassette's own recordings know of a call beyond the Llama Stack format. It stands in the top-level member
/// <c>openai_cassette</c>, which other readers pass over.
/// </summary>
public sealed record InteractionDetails
{
    /// <summary>When the request was sent.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Which of several recordings of the same request it is, from 1.</summary>
    public int Ordinal { get; init; } = 1;

    /// <summary>The HTTP status of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// How a body that is not JSON is recorded, always as a string: text, or base64 for bytes that are no text; null
    /// for JSON.
    /// </summary>
    public string? BodyEncoding { get; init; }

    /// <summary>The headers of the answer that are worth keeping.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When each chunk came, in milliseconds from the sending of the request.</summary>
    public IReadOnlyList<double> ChunkOffsets
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<double>();

    /// <summary>True when each server-sent event was preceded by a line with its name.</summary>
    public bool HasEventNames { get; init; }
}
