namespace OpenAICassette.Conversations;

/// <summary>
/// Which cassettes are wanted. A cassette is when one of its interactions meets every condition that is given. What the
/// index knows is asked first; the file is only read again for what was said and called.
/// </summary>
public sealed record CassetteFilter
{
    /// <summary>Tells whether a model is wanted; null for any.</summary>
    public Predicate<string>? Model { get; init; }

    /// <summary>Tells whether an endpoint is wanted; null for any.</summary>
    public Predicate<string>? Endpoint { get; init; }

    /// <summary>Tells whether a test's id is wanted; null for any.</summary>
    public Predicate<string>? TestId { get; init; }

    /// <summary>Whether streams or other responses are wanted; null for both.</summary>
    public bool? Streaming { get; init; }

    /// <summary>Whether responses that call tools or those that do not are wanted; null for both.</summary>
    public bool? HasToolCall { get; init; }

    /// <summary>Whether calls that failed or those that did not are wanted; null for both.</summary>
    public bool? HasError { get; init; }

    /// <summary>
    /// Words that were said, in any message that was sent or answered, in any case; null for whatever was said.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>True when the index alone does not tell, so that the file is needed.</summary>
    public bool NeedsContent => HasToolCall is not null || Text is not null;

    /// <summary>True for a cassette that is wanted.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public bool Includes(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return cassette.Interactions.Any(interaction =>
            (Model is null || Model(interaction.Model ?? string.Empty))
            && (Endpoint is null || Endpoint(interaction.Endpoint ?? string.Empty))
            && (TestId is null || TestId(interaction.TestId ?? string.Empty))
            && (Streaming is null || Streaming == interaction.IsStreaming)
            && (HasError is null || HasError == interaction.HasError)
            && (HasToolCall is null || HasToolCall == CallsTool(interaction))
            && (Text is null || Says(interaction, Text))
        );
    }

    /// <summary>Returns true if the response of an interaction calls a tool.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static bool CallsTool(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);

        // No tool is called without one of these words, and most responses have none of them.
        var bytes = interaction.Cassette.Read().Span;
        if (bytes.IndexOf("tool_"u8) < 0 && bytes.IndexOf("function"u8) < 0 && bytes.IndexOf("\\u"u8) < 0)
        {
            return false;
        }

        return interaction.Response.Data.Any(chunk =>
            ChunkReader.Read(chunk).Any(piece => piece.Kind == StreamPieceKind.ToolName)
        );
    }

    /// <summary>A stream says a word in pieces, so it is looked for in the assembled text.</summary>
    private static bool Says(Interaction interaction, string text)
    {
        var conversation = ConversationAssembler.Assemble(interaction);
        return conversation
            .Messages.Concat(conversation.Choices.Select(choice => choice.Message))
            .Any(message =>
                message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)
                || message.Refusal?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
                || message.Reasoning?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
            );
    }
}
