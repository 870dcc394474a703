using OpenAICassette.Json;

namespace OpenAICassette;

/// <summary>A recorded request.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(JsonValue document, Body body)
    {
        Document = document;
        Body = body;
    }

    /// <summary>Gets the HTTP method as recorded; null if none was recorded.</summary>
    public string? Method { get; internal init; }

    /// <summary>Gets the URL as recorded; null if none was recorded.</summary>
    public string? Url { get; internal init; }

    /// <summary>Gets the URL if it is an absolute one; null for any other text.</summary>
    public Uri? Uri => Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Gets the header fields; none if the recorder does not keep them.</summary>
    public HeaderList Headers { get; internal init; } = HeaderList.Empty;

    /// <summary>Gets what was sent: the body of an API call, the arguments of a tool call; empty if nothing was recorded.</summary>
    public Body Body { get; }

    /// <summary>The request as recorded, with all members, known or not.</summary>
    public JsonValue Document { get; }

    /// <summary>The name of the tool that was called, for a recording of a tool runtime.</summary>
    public string? ToolName => Document["tool_name"].Text;

    /// <summary>The provider that a tool or file recording names.</summary>
    public string? Provider => Document["provider"].Text;

    /// <summary>Returns the body as recorded.</summary>
    public override string ToString() => Body.ToString();
}
