namespace OpenAICassette.Apis.Gemini;

/// <summary>Gemini's Live API: messages over a WebSocket, each named by its first member.</summary>
internal static class LiveMessage
{
    /// <summary>Returns whether a value is a message of the service.</summary>
    public static bool Is(JsonValue data) => data["serverContent"].Exists || data["toolCall"].Exists;

    /// <summary>Returns whether a message ends a turn of the model.</summary>
    public static bool EndsTurn(JsonValue data) => data["serverContent"]["turnComplete"].Truth == true;

    /// <summary>Reads a message of the service.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        var content = data["serverContent"];
        var slot = 0;
        foreach (var part in content["modelTurn"]["parts"].Elements)
        {
            var media = part["inlineData"];
            if (media["mimeType"].Text?.StartsWith("audio/", StringComparison.Ordinal) == true)
            {
                // A fragment of the sound of the answer.
                pieces.Add(StreamPieceKind.Part, media);
            }
            else
            {
                GeminiChunk.ReadPart(part, 0, slot++, pieces);
            }
        }

        pieces.Add(StreamPieceKind.Text, content["outputTranscription"]["text"]);
        foreach (var call in data["toolCall"]["functionCalls"].Elements)
        {
            pieces.AddToolCall(call["id"], call["name"], call["args"], 0, 0);
        }
    }

    /// <summary>Returns what a message says about the user's speech.</summary>
    public static SpeechEvent ReadSpeech(JsonValue data)
    {
        var input = GeminiNames.Find(data, "realtime_input", "realtimeInput");
        var audio = input["audio"].Exists ? input["audio"] : GeminiNames.Find(input, "media_chunks", "mediaChunks")[0];
        var type = GeminiNames.Find(audio, "mime_type", "mimeType").Text;
        if (type?.StartsWith("audio/", StringComparison.Ordinal) == true)
        {
            return SpeechEvent.Fragment(audio["data"], type);
        }

        var heard = data["serverContent"]["inputTranscription"]["text"];
        return GeminiNames.Find(input, "audio_stream_end", "audioStreamEnd").Truth == true ? new(SpeechEventKind.Ended)
            : heard.Exists ? new(SpeechEventKind.Words) { Value = heard }
            : default;
    }

    /// <summary>Returns the messages that a message of the client adds; null for another message.</summary>
    public static IReadOnlyList<Message>? ReadSent(JsonValue data)
    {
        if (data["setup"].Exists)
        {
            var system = GeminiNames.Find(data["setup"], "system_instruction", "systemInstruction")["parts"];
            return system.Exists ? [new Message { Role = "system", Parts = RequestReader.Parts(system) }] : null;
        }

        var turns = GeminiNames.Find(data, "client_content", "clientContent")["turns"];
        if (turns.Exists)
        {
            return [.. turns.Elements.SelectMany(MessageReader.Read)];
        }

        var answer = GeminiNames.Find(data, "tool_response", "toolResponse");
        var results = GeminiNames.Find(answer, "function_responses", "functionResponses");
        if (!results.Exists)
        {
            return null;
        }

        var draft = new MessageDraft();
        foreach (var result in results.Elements)
        {
            draft.AddResult(result["id"], result["name"], result["response"]);
        }

        return [.. draft.Results];
    }
}
