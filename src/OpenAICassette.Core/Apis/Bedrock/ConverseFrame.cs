namespace OpenAICassette.Apis.Bedrock;

/// <summary>Represents a frame of ConverseStream: an object with one member, whose name is the event's type.</summary>
internal static class ConverseFrame
{
    private static readonly string[] s_exceptions =
    [
        "internalServerException",
        "modelStreamErrorException",
        "serviceUnavailableException",
        "throttlingException",
        "validationException",
    ];

    /// <summary>Returns whether a value is a frame.</summary>
    public static bool IsFrame(JsonValue data) =>
        data["contentBlockDelta"].Exists
        || data["contentBlockStart"].Exists
        || data["contentBlockStop"].Exists
        || data["messageStart"].Exists
        || data["messageStop"].Exists
        || data["metadata"]["usage"].Exists
        || ExceptionIn(data).Exists;

    /// <summary>Returns whether a value is a frame with which a stream, or what is left of one, begins.</summary>
    public static bool Begins(JsonValue data) =>
        data.Count == 1
        && (
            data["messageStart"]["role"].Exists
            || data["contentBlockStart"]["contentBlockIndex"].Exists
            || data["contentBlockDelta"]["contentBlockIndex"].Exists
        );

    /// <summary>Reads a frame.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Role, data["messageStart"]["role"]);
        ReadStart(data["contentBlockStart"], pieces);
        ReadDelta(data["contentBlockDelta"], pieces);
        pieces.Add(StreamPieceKind.FinishReason, data["messageStop"]["stopReason"]);
        pieces.Add(StreamPieceKind.Usage, data["metadata"]["usage"]);
        pieces.Add(StreamPieceKind.Error, ExceptionIn(data));
    }

    private static void ReadStart(JsonValue frame, PieceList pieces)
    {
        var call = frame["start"]["toolUse"];
        pieces.AddToolCall(call["toolUseId"], call["name"], arguments: default, choice: 0, SlotOf(frame));
    }

    private static void ReadDelta(JsonValue frame, PieceList pieces)
    {
        var delta = frame["delta"];
        var slot = SlotOf(frame);
        pieces.Add(StreamPieceKind.Text, delta["text"], slot: slot);
        pieces.Add(StreamPieceKind.Reasoning, delta["reasoningContent"]["text"], slot: slot);
        pieces.Add(StreamPieceKind.ToolArguments, delta["toolUse"]["input"], slot: slot);
    }

    private static int SlotOf(JsonValue frame) => (int)(frame["contentBlockIndex"].WholeNumber ?? 0);

    private static JsonValue ExceptionIn(JsonValue data)
    {
        foreach (var name in s_exceptions)
        {
            if (data[name] is { Exists: true } exception)
            {
                return exception;
            }
        }

        return default;
    }
}
