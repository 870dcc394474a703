using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Apis;

/// <summary>What is read of a message's content so far.</summary>
internal sealed class MessageDraft
{
    /// <summary>Content that is neither a call nor a thought.</summary>
    public List<ContentPart> Parts { get; } = [];

    /// <summary>The tools that the message asks to be called.</summary>
    public List<ToolCall> ToolCalls { get; } = [];

    /// <summary>The results of tools, each a message of its own.</summary>
    public List<Message> Results { get; } = [];

    /// <summary>What the model thought.</summary>
    public List<string> Thoughts { get; } = [];

    /// <summary>True where nothing but results was read.</summary>
    public bool HasOnlyResults => Results.Count > 0 && Parts.Count == 0 && ToolCalls.Count == 0 && Thoughts.Count == 0;

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
    public void AddCall(JsonValue id, JsonValue name, JsonValue arguments)
        => ToolCalls.Add(new ToolCall(id.Text, name.ToString(), arguments.Text ?? arguments.ToCompactJson()));

    /// <summary>Adds the result of a tool call: a text, a list of parts, or any JSON.</summary>
    public void AddResult(JsonValue id, JsonValue name, JsonValue content) => Results.Add(new Message
    {
        Role = "tool",
        Parts = content.Kind == JsonValueKind.Array
            ? [.. content.Elements.Select(ContentPartReader.Read)]
            : [new ContentPart(ContentPartKind.Text, content.Text ?? content.ToCompactJson())],
        ToolCallId = id.Text,
        Name = name.Text,
    });
}
