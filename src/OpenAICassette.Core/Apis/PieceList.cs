using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Collects the pieces of one chunk; what is absent, null or empty adds nothing.</summary>
internal sealed class PieceList
{
    private readonly List<StreamPiece> _pieces = new(4);

    /// <summary>Gets the pieces so far.</summary>
    public IReadOnlyList<StreamPiece> Pieces => _pieces;

    /// <summary>Removes the pieces, to collect those of another chunk.</summary>
    public void Clear() => _pieces.Clear();

    /// <summary>Adds a value that carries something.</summary>
    public void Add(StreamPieceKind kind, JsonValue value, int choice = 0, int slot = 0)
    {
        var isEmptyText = value is { Kind: JsonValueKind.String, Length: 2 };
        if (value.HasValue && !isEmptyText)
        {
            _pieces.Add(new StreamPiece(kind, choice, slot, value));
        }
    }

    /// <summary>Adds a message's content: a text, or a list of parts.</summary>
    public void AddContent(JsonValue content, int choice)
    {
        if (content.Kind != JsonValueKind.Array)
        {
            Add(StreamPieceKind.Text, content, choice);
            return;
        }

        var slot = 0;
        foreach (var part in content.Elements)
        {
            var text = part["text"];
            if (part["type"].Text == "thinking")
            {
                // In a stream, the text after the thoughts may come as a plain string.
                AddThinking(part["thinking"], choice);
                continue;
            }

            if (text.Kind == JsonValueKind.String)
            {
                Add(StreamPieceKind.Text, text, choice, slot);
            }
            else
            {
                Add(StreamPieceKind.Part, part, choice, slot);
            }

            slot++;
        }
    }

    /// <summary>Adds thoughts among a message's parts, as Mistral sends them: a text, or a list of texts.</summary>
    private void AddThinking(JsonValue thinking, int choice)
    {
        Add(StreamPieceKind.Reasoning, thinking.Kind == JsonValueKind.String ? thinking : default, choice);
        foreach (var thought in thinking.Elements)
        {
            Add(StreamPieceKind.Reasoning, thought["text"], choice);
        }
    }

    /// <summary>Adds a tool call, or a fragment of one.</summary>
    public void AddToolCall(JsonValue id, JsonValue name, JsonValue arguments, int choice, int slot)
    {
        Add(StreamPieceKind.ToolCallId, id, choice, slot);
        Add(StreamPieceKind.ToolName, name, choice, slot);
        Add(StreamPieceKind.ToolArguments, arguments, choice, slot);
    }
}
