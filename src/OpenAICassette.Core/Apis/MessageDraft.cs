using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>What is read of a message's content so far.</summary>
internal sealed class MessageDraft
{
    private List<ToolCall>? _toolCalls;
    private List<Message>? _results;
    private List<string>? _thoughts;

    /// <summary>Gets the content that is neither a call nor a thought.</summary>
    public List<ContentPart> Parts { get; } = [];

    /// <summary>Gets the tools that the message asks to be called.</summary>
    public IReadOnlyList<ToolCall> ToolCalls => _toolCalls ?? (IReadOnlyList<ToolCall>)[];

    /// <summary>Gets the results of tools, each a message of its own.</summary>
    public IReadOnlyList<Message> Results => _results ?? (IReadOnlyList<Message>)[];

    /// <summary>Gets what the model thought; empty where it did not.</summary>
    public string Thought => _thoughts is null ? string.Empty : string.Concat(_thoughts);

    /// <summary>Gets whether only results were read.</summary>
    public bool HasOnlyResults => _results is not null && Parts.Count == 0 && _toolCalls is null && _thoughts is null;

    /// <summary>Adds a block: as what an API family takes it for, else as content.</summary>
    public void Add(JsonValue block)
    {
        var type = block["type"].Text;
        foreach (var family in ApiFamilies.All)
        {
            if (family.TryReadBlock(block, type, this))
            {
                return;
            }
        }

        Parts.Add(ContentPartReader.Read(block));
    }

    /// <summary>Adds a tool call.</summary>
    public void AddCall(JsonValue id, JsonValue name, JsonValue arguments) =>
        (_toolCalls ??= []).Add(new ToolCall(id.Text, name.ToString(), arguments.Text ?? arguments.ToCompactJson()));

    /// <summary>Adds a thought.</summary>
    public void AddThought(string text) => (_thoughts ??= []).Add(text);

    /// <summary>Adds the result of a tool call: a text, a list of parts, or any JSON.</summary>
    public void AddResult(JsonValue id, JsonValue name, JsonValue content) =>
        (_results ??= []).Add(
            new Message
            {
                Role = "tool",
                Parts =
                    content.Kind == JsonValueKind.Array
                        ? [.. content.Elements.Select(ContentPartReader.Read)]
                        : [new ContentPart(ContentPartKind.Text, content.Text ?? content.ToCompactJson())],
                ToolCallId = id.Text,
                Name = name.Text,
            }
        );
}
