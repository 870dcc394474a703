using OpenAICassette.Cassettes;

namespace OpenAICassette;

/// <summary>Represents a recorded request.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(Body body) => Body = body;

    /// <summary>Gets the HTTP method as recorded; null if none was recorded.</summary>
    public string? Method { get; internal init; }

    /// <summary>Gets the URL as recorded; null if none was recorded.</summary>
    public string? Url { get; internal init; }

    /// <summary>Gets the URL if it is an absolute one; null for any other text.</summary>
    public Uri? Uri => Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Gets the header fields; none if the recorder does not keep them.</summary>
    public HeaderList Headers { get; internal init; } = HeaderList.Empty;

    /// <summary>
    /// Gets what was sent: the body of an API call, the arguments of a tool call; empty if nothing was recorded.
    /// </summary>
    public Body Body { get; }

    /// <summary>Gets the name of the tool that was called; null if the request is not a tool call.</summary>
    public string? ToolName { get; internal init; }

    /// <summary>Gets the provider of the tool or the file; null if none was recorded.</summary>
    public string? Provider { get; internal init; }

    /// <summary>Gets when the request was sent; null if it was not recorded.</summary>
    public DateTimeOffset? SentAt { get; internal init; }

    /// <summary>Gets whether the body is put together from a log or a trace, and not as it was sent.</summary>
    public bool IsReconstructed { get; internal init; }

    /// <summary>
    /// Gets which of several recordings of the same request it is, from 1; 0 if the recorder does not say.
    /// </summary>
    internal int Ordinal { get; init; }

    /// <summary>
    /// Gets whether OpenAICassette recorded it, so that method, URL and query are those that were sent.
    /// </summary>
    internal bool IsOwn { get; init; }

    /// <summary>Gets whether no body was sent, although the recording has an empty object in its place.</summary>
    internal bool IsBodiless { get; init; }

    /// <summary>Gets the body that is not JSON as it is recorded; null for JSON and for other formats.</summary>
    internal RequestPayload? Payload { get; init; }

    /// <summary>Gets the id of the file that was asked for, where that is the whole request; null otherwise.</summary>
    internal string? FileId { get; init; }

    /// <summary>Gets the path that an SDK called, where the recorder notes it beside the URL; null otherwise.</summary>
    internal string? CalledPath { get; init; }

    /// <summary>Returns the body as recorded.</summary>
    public override string ToString() => Body.ToString();
}
