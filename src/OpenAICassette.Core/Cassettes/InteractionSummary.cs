namespace OpenAICassette.Cassettes;

/// <summary>What is known of an interaction after one pass over the file, without any view being built.</summary>
internal sealed record InteractionSummary
{
    public string? Method { get; init; }

    public string? Url { get; init; }

    public string? Endpoint { get; init; }

    public string? Model { get; init; }

    public string? TestId { get; init; }

    public int? Status { get; init; }

    public bool IsStreaming { get; init; }

    public int ChunkCount { get; init; }

    public int? Reads { get; init; }

    public bool HasError { get; init; }

    public bool IsReconstructed { get; init; }

    public required IInteractionViews Views { get; init; }
}
