namespace OpenAICassette;

/// <summary>Represents one message of a conversation.</summary>
public sealed record Message
{
    /// <summary>Gets the role: user, assistant, system, developer or tool.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the content, part by part.</summary>
    public IReadOnlyList<ContentPart> Parts
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<ContentPart>();

    /// <summary>Gets the tools that the message asks to be called.</summary>
    public IReadOnlyList<ToolCall> ToolCalls
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<ToolCall>();

    /// <summary>Gets the reasoning of the model; null if none was recorded.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Gets the text with which the model refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>Gets the tool call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Gets the name of the speaker or tool, where one was recorded.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the text of all text parts, one after the other.</summary>
    public string Text =>
        string.Concat(Parts.Where(part => part.Kind == ContentPartKind.Text).Select(part => part.Value));

    /// <summary>Returns the role and what was said.</summary>
    public override string ToString() =>
        $"{Role}: {string.Join('\n', [.. Parts.Select(part => part.ToString()), .. ToolCalls.Select(call => call.ToString())])}";
}
