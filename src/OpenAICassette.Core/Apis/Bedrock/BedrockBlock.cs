namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// Represents the blocks of a message's content: an object with one member, whose name says what the block is.
/// </summary>
internal static class BedrockBlock
{
    /// <summary>Adds a block to a message.</summary>
    /// <returns>False for a block that is just content.</returns>
    public static bool TryRead(JsonValue block, MessageDraft message)
    {
        if (block["toolUse"] is { HasValue: true } call)
        {
            message.AddCall(call["toolUseId"], call["name"], call["input"]);
            return true;
        }

        if (block["toolResult"] is { HasValue: true } result)
        {
            message.AddResult(result["toolUseId"], default, result["content"]);
            return true;
        }

        if (ThoughtIn(block).Text is { } thought)
        {
            message.AddThought(thought);
            return true;
        }

        return false;
    }

    /// <summary>Returns the text of a thought; undefined for another block.</summary>
    public static JsonValue ThoughtIn(JsonValue block) => block["reasoningContent"]["reasoningText"]["text"];

    /// <summary>Returns where an image, sound, film or document is; its bytes are in base64, or in a bucket.</summary>
    public static MediaSource FindMedia(JsonValue part, string? type)
    {
        if (type is not ("image" or "audio" or "video" or "document"))
        {
            return default;
        }

        var source = part[type]["source"];
        var kind = type switch
        {
            "image" => ContentPartKind.Image,
            "audio" => ContentPartKind.Audio,
            _ => ContentPartKind.File,
        };
        var mediaType = $"{(type == "document" ? "application" : type)}/{part[type]["format"].Text ?? "*"}";
        return source["bytes"].Text is not null
            ? new MediaSource(kind, source["bytes"], mediaType)
            : MediaSource.OfReference(kind, source["s3Location"]["uri"]);
    }
}
