namespace OpenAICassette;

/// <summary>What one side said at once.</summary>
public sealed record Message
{
    /// <summary>Who speaks: user, assistant, system, developer, tool.</summary>
    public required string Role { get; init; }

    /// <summary>What is said, part by part.</summary>
    public IReadOnlyList<ContentPart> Parts
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<ContentPart>();

    /// <summary>The tools that the message asks to be called.</summary>
    public IReadOnlyList<ToolCall> ToolCalls
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<ToolCall>();

    /// <summary>What the model thought before it spoke, where that was recorded.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The text with which the model refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>The tool call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The name of the speaker or tool, where one was recorded.</summary>
    public string? Name { get; init; }

    /// <summary>The text of all text parts, one after the other.</summary>
    public string Text =>
        string.Concat(Parts.Where(part => part.Kind == ContentPartKind.Text).Select(part => part.Value));

    /// <summary>The role and what was said.</summary>
    public override string ToString() =>
        $"{Role}: {string.Join('\n', [.. Parts.Select(part => part.ToString()), .. ToolCalls.Select(call => call.ToString())])}";
}
