using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Conversations;

/// <summary>
/// Selects cassettes: those with an interaction that meets every condition. Conditions that the index decides come
/// first; the file is read only for texts and tool calls.
/// </summary>
public sealed record CassetteFilter
{
    /// <summary>Gets the condition for the model; null for any.</summary>
    public Predicate<string>? Model { get; init; }

    /// <summary>Gets the condition for the endpoint; null for any.</summary>
    public Predicate<string>? Endpoint { get; init; }

    /// <summary>Gets the condition for the id of the test; null for any.</summary>
    public Predicate<string>? TestId { get; init; }

    /// <summary>Gets whether the response must be a stream; null for any response.</summary>
    public bool? Streaming { get; init; }

    /// <summary>Gets whether the response must call a tool, or must not; null for any.</summary>
    public bool? HasToolCall { get; init; }

    /// <summary>Gets whether the call must have failed, or must not; null for any.</summary>
    public bool? HasError { get; init; }

    /// <summary>Gets text that a message or an answer must contain, in any case; null for any.</summary>
    public string? Text { get; init; }

    /// <summary>Gets another condition for the texts of an interaction; null for any.</summary>
    internal Predicate<Interaction>? Contains { get; init; }

    /// <summary>Gets whether the index alone does not decide, so that the file is needed.</summary>
    public bool NeedsContent => HasToolCall is not null || Text is not null || Contains is not null;

    /// <summary>Gets whether there is no condition, so that a cassette without interactions is wanted too.</summary>
    private bool IsEmpty => this == new CassetteFilter();

    /// <summary>Returns whether a cassette meets the conditions.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public bool Includes(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return IsEmpty
            || cassette.Interactions.Any(interaction =>
                (Model is null || Model(interaction.Model ?? string.Empty))
                && (Endpoint is null || Endpoint(interaction.Endpoint ?? string.Empty))
                && (TestId is null || TestId(interaction.TestId ?? string.Empty))
                && (Streaming is null || Streaming == interaction.IsStreaming)
                && (HasError is null || HasError == interaction.HasError)
                && (HasToolCall is null || HasToolCall == CallsTool(interaction))
                && (Text is null || Says(interaction, Text))
                && (Contains is null || Contains(interaction))
            );
    }

    /// <summary>Returns true if the response of an interaction calls a tool.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public static bool CallsTool(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);

        if (SessionLog.Of(interaction) is var (_, turn))
        {
            return turn.ToolsCalled.Count > 0;
        }

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

    /// <summary>
    /// Returns whether a text was said. A stream says a word in pieces, so the assembled text is searched.
    /// </summary>
    private static bool Says(Interaction interaction, string text)
    {
        var conversation = ConversationAssembler.Assemble(interaction);
        return conversation
            .NewMessages.Concat(conversation.Choices.Select(choice => choice.Message))
            .Any(message =>
                message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)
                || message.Refusal?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
                || message.Reasoning?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
            );
    }
}
