using OpenAICassette.Json;

namespace OpenAICassette;

/// <summary>A recorded request.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(JsonValue document, JsonValue body)
    {
        Document = document;
        Body = body;
    }

    /// <summary>What was sent: the JSON body of an API call, the arguments of a tool call; undefined when nothing was recorded.</summary>
    public JsonValue Body { get; }

    /// <summary>The request as recorded, with all members, known or not.</summary>
    public JsonValue Document { get; }

    /// <summary>The name of the tool that was called, for a recording of a tool runtime.</summary>
    public string? ToolName => Document["tool_name"].Text;

    /// <summary>The provider that a tool or file recording names.</summary>
    public string? Provider => Document["provider"].Text;

    /// <summary>The body as recorded JSON.</summary>
    public override string ToString() => Body.ToString();
}
