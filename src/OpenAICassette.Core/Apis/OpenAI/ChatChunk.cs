using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Chat completions and text completions: objects with <c>choices</c>, each a <c>delta</c>, a <c>message</c> or a
/// <c>text</c>.
/// </summary>
internal static class ChatChunk
{
    private static readonly string[] s_reasoning = ["reasoning_content", "reasoning", "reasoning_text", "thinking"];

    /// <summary>
    /// Returns whether an object with choices is a chunk: text completions look the same whole and in parts.
    /// </summary>
    public static ResponseShape ShapeOf(JsonValue data)
    {
        foreach (var first in data["choices"].Elements)
        {
            if (first["delta"].Exists)
            {
                return ResponseShape.Chunk;
            }

            if (first["message"].Exists)
            {
                return ResponseShape.Whole;
            }

            break;
        }

        return data["object"].Text?.EndsWith(".chunk", StringComparison.Ordinal) == true
            ? ResponseShape.Chunk
            : ResponseShape.Either;
    }

    /// <summary>Reads a chunk or a whole completion.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, data["model"]);
        foreach (var choice in data["choices"].Elements)
        {
            var index = (int)(choice["index"].WholeNumber ?? 0);
            var message = MessageOf(data, choice);
            pieces.Add(StreamPieceKind.Role, message["role"], index);

            // Some services send the same text as that of a completion.
            pieces.Add(StreamPieceKind.Text, HasText(message["content"]) ? default : choice["text"], index);

            AddReasoning(message, index, pieces);
            pieces.AddContent(message["content"], index);
            pieces.Add(StreamPieceKind.Refusal, message["refusal"], index);
            var audio = message["audio"];
            pieces.Add(
                StreamPieceKind.Part,
                audio["data"].HasValue || audio["transcript"].HasValue ? audio : default,
                index
            );
            AddParts(message["annotations"], index, pieces);
            AddParts(message["images"], index, pieces);

            var position = 0;
            foreach (var call in message["tool_calls"].Elements)
            {
                var function = call["function"].HasValue ? call["function"] : call["custom"];
                var slot = (int)(call["index"].WholeNumber ?? position);
                var arguments = function["arguments"].HasValue ? function["arguments"] : function["input"];
                pieces.AddToolCall(call["id"], function["name"], arguments, index, slot);
                position++;
            }

            var legacy = message["function_call"];
            pieces.AddToolCall(default, legacy["name"], legacy["arguments"], index, position);
            pieces.Add(StreamPieceKind.FinishReason, choice["finish_reason"], index);
        }

        // Groq tells the usage of a stream among its own members.
        pieces.Add(StreamPieceKind.Usage, data["usage"].HasValue ? data["usage"] : data["x_groq"]["usage"]);
    }

    /// <summary>Returns the message of a choice; some services send an empty delta beside a whole message.</summary>
    private static JsonValue MessageOf(JsonValue data, JsonValue choice)
    {
        var (delta, message) = (choice["delta"], choice["message"]);
        var isWhole = message.HasValue && !HasText(delta["content"]) && data["object"].Text == "chat.completion";
        return delta.HasValue && !isWhole ? delta : message;
    }

    /// <summary>Returns what a chunk says of the stream's end; not every service sends [DONE] after it.</summary>
    public static StreamEnd EndOf(JsonValue data) =>
        new("a finish reason or [DONE]", data["choices"].Elements.Any(choice => choice["finish_reason"].HasValue));

    /// <summary>Returns the names of the custom tools that are called; their input is any text.</summary>
    public static IEnumerable<string> TextToolsIn(JsonValue data) =>
        from choice in data["choices"].Elements
        from call in (choice["delta"].HasValue ? choice["delta"] : choice["message"])["tool_calls"].Elements
        let name = call["custom"]["name"].Text
        where name is not null
        select name;

    private static bool HasText(JsonValue content) => content is { Kind: JsonValueKind.String, Length: > 2 };

    private static void AddParts(JsonValue parts, int choice, PieceList pieces)
    {
        foreach (var part in parts.Elements)
        {
            pieces.Add(StreamPieceKind.Part, part, choice);
        }
    }

    /// <summary>
    /// Returns the same text under the names that different services gave it; some send it under two of them.
    /// </summary>
    private static void AddReasoning(JsonValue message, int choice, PieceList pieces)
    {
        foreach (var name in s_reasoning)
        {
            if (message[name] is { Kind: JsonValueKind.String, Length: > 2 } text)
            {
                pieces.Add(StreamPieceKind.Reasoning, text, choice);
                return;
            }
        }

        AddReasoningParts(message["reasoning_details"], choice, pieces);
        AddReasoningParts(message["thinking_blocks"], choice, pieces);
    }

    private static void AddReasoningParts(JsonValue parts, int choice, PieceList pieces)
    {
        foreach (var part in parts.Elements)
        {
            var text =
                part["text"].HasValue ? part["text"]
                : part["summary"].HasValue ? part["summary"]
                : part["thinking"];
            pieces.Add(StreamPieceKind.Reasoning, text, choice);
        }
    }
}
