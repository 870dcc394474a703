namespace OpenAICassette.Apis.OpenAI;

/// <summary>OpenAI's Responses API: a <c>response</c> object with output items, or the events that build one.</summary>
internal static class ResponsesChunk
{
    /// <summary>Returns whether a type is that of an event.</summary>
    public static bool IsEvent(string type) => type.StartsWith("response.", StringComparison.Ordinal);

    /// <summary>Returns whether a value is an event or a whole response.</summary>
    public static ResponseShape ShapeOf(JsonValue data, string? type) =>
        type is not null && (IsEvent(type) || RealtimeEvent.IsAboutSession(type) || RealtimeEvent.IsTranslation(type))
            ? ResponseShape.Chunk
        : data["object"].Text == "response" ? ResponseShape.Whole
        : ResponseShape.None;

    /// <summary>
    /// Reads an event or a whole response. The copies that <c>done</c> events carry of what was streamed are left out.
    /// </summary>
    public static void Read(JsonValue data, string? type, PieceList pieces)
    {
        var slot = (int)(data["output_index"].WholeNumber ?? 0);
        switch (type)
        {
            case "response.output_text.delta":
                pieces.Add(StreamPieceKind.Text, data["delta"], slot: slot);
                break;
            case "response.refusal.delta":
                pieces.Add(StreamPieceKind.Refusal, data["delta"], slot: slot);
                break;
            case "response.reasoning_text.delta" or "response.reasoning_summary_text.delta":
                pieces.Add(StreamPieceKind.Reasoning, data["delta"], slot: slot);
                break;
            case "response.function_call_arguments.delta" or "response.custom_tool_call_input.delta":
                pieces.Add(StreamPieceKind.ToolArguments, data["delta"], slot: slot);
                break;
            case "response.output_item.added":
                var item = data["item"];
                pieces.Add(StreamPieceKind.Role, item["role"], slot: slot);
                if (IsToolCall(item))
                {
                    pieces.AddToolCall(item["call_id"], item["name"], default, 0, slot);
                }

                break;
            case "response.output_item.done" when !IsStreamed(data["item"]):
                pieces.Add(StreamPieceKind.Part, data["item"], slot: slot);
                break;
            case "response.output_text.annotation.added":
                pieces.Add(StreamPieceKind.Part, data["annotation"], slot: slot);
                break;
            case "response.completed" or "response.incomplete" or "response.failed":
                ReadEnd(data["response"], pieces);
                break;
            case null or "response":
                ReadOutput(data, pieces);
                ReadEnd(data, pieces);
                break;
            default:
                RealtimeEvent.Read(data, type, pieces);
                break;
        }
    }

    /// <summary>Returns what an event says of the stream's end.</summary>
    public static StreamEnd EndOf(string? type) =>
        new(
            "response.completed",
            type
                is "response.completed"
                    or "response.incomplete"
                    or "response.failed"
                    or "response.cancelled"
                    or "response"
        );

    /// <summary>Returns the names of the custom tools that are called; their input is any text.</summary>
    public static IEnumerable<string> TextToolsIn(JsonValue data) =>
        data["output"]
            .Elements.Append(data["item"])
            .Where(item => item["type"].Text == "custom_tool_call")
            .Select(item => item["name"].Text ?? string.Empty);

    private static void ReadOutput(JsonValue response, PieceList pieces)
    {
        var slot = 0;
        foreach (var item in response["output"].Elements)
        {
            pieces.Add(StreamPieceKind.Role, item["role"], slot: slot);
            switch (item["type"].Text)
            {
                case "message":
                    foreach (var part in item["content"].Elements)
                    {
                        pieces.Add(StreamPieceKind.Text, part["text"], slot: slot);
                        pieces.Add(StreamPieceKind.Refusal, part["refusal"], slot: slot);
                        foreach (var annotation in part["annotations"].Elements)
                        {
                            pieces.Add(StreamPieceKind.Part, annotation, slot: slot);
                        }
                    }

                    break;
                case "reasoning":
                    foreach (var thought in item["summary"].Elements.Concat(item["content"].Elements))
                    {
                        pieces.Add(StreamPieceKind.Reasoning, thought["text"], slot: slot);
                    }

                    break;
                case "function_call" or "custom_tool_call":
                    var arguments = item["arguments"].HasValue ? item["arguments"] : item["input"];
                    pieces.AddToolCall(item["call_id"], item["name"], arguments, 0, slot);
                    break;
                default:
                    pieces.Add(StreamPieceKind.Part, item, slot: slot);
                    break;
            }

            slot++;
        }
    }

    private static bool IsToolCall(JsonValue item) => item["type"].Text is "function_call" or "custom_tool_call";

    /// <summary>True for an item whose text came in events before.</summary>
    private static bool IsStreamed(JsonValue item) => IsToolCall(item) || item["type"].Text is "message" or "reasoning";

    private static void ReadEnd(JsonValue response, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, response["model"]);
        pieces.Add(StreamPieceKind.FinishReason, response["status"]);
        pieces.Add(StreamPieceKind.FinishDetail, response["incomplete_details"]["reason"]);
        pieces.Add(StreamPieceKind.Usage, response["usage"]);
        pieces.Add(StreamPieceKind.Error, response["error"]);
    }
}
