namespace OpenAICassette.Apis;

/// <summary>Represents a stream whose chunks look like whole responses.</summary>
internal interface IWholeChunks
{
    /// <summary>True for a whole response, and for the last chunk of a stream.</summary>
    bool IsEnd(JsonValue data);

    /// <summary>True for a value that belongs to the same response as an earlier one.</summary>
    bool GoesOn(JsonValue earlier, JsonValue data);
}
