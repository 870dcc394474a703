using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Represents a received request and its outcome. Secrets in it are replaced as in a cassette.</summary>
public sealed class ReceivedRequest
{
    /// <summary>The size of an entry without its texts.</summary>
    private const int OwnBytes = 512;

    /// <summary>The request as bytes. A parsed request would need many times as much memory.</summary>
    private readonly ApiRequest _unread;

    private WeakReference<ApiRequest>? _read;

    internal ReceivedRequest(int number, ApiRequest request)
    {
        Number = number;
        _unread = request with { Body = default };
    }

    /// <summary>Gets the number of the request, starting at 1.</summary>
    public int Number { get; }

    /// <summary>Gets the HTTP method.</summary>
    public string Method => _unread.Method;

    /// <summary>
    /// Gets the host that the client named, with a port that is not the scheme's own; null if it named only this server.
    /// </summary>
    public string? Host => _unread.Host;

    /// <summary>Gets the path without its query.</summary>
    public string Path => _unread.Path;

    /// <summary>Gets the API operation, for example chat/completions.</summary>
    public string Operation => _unread.Operation.Name;

    /// <summary>Gets the requested model; null if the request names none.</summary>
    public string? Model => Request.Members["model"].Text;

    /// <summary>Gets the body.</summary>
    public Body Body =>
        Request.Payload is { } payload ? payload.ToBody()
        : Request.Body.Exists ? Body.FromJson(Request.Body)
        : Body.FromBytes(Request.Utf8, mediaType: null);

    /// <summary>Gets the messages.</summary>
    public IReadOnlyList<Message> Messages => RequestReader.Read(new RecordedRequest(Body)).ToArray();

    /// <summary>Gets the names of the tools that the request offers to the model.</summary>
    public IReadOnlyList<string> Tools =>
        Request
            .Members["tools"]
            .Elements.Concat(Request.Members["functions"].Elements)
            .Select(ArrayAlignment.NameOf)
            .ToArray();

    /// <summary>Gets the description of the outcome.</summary>
    public RequestOutcome Outcome { get; internal set; }

    /// <summary>Gets the HTTP status of the answer; 0 before there is one.</summary>
    public int Status { get; internal set; }

    /// <summary>Gets the interaction that answered; null if none did.</summary>
    public Interaction? Interaction { get; internal set; }

    /// <summary>Gets the reason why no recording answered; null if one did.</summary>
    public MissReport? Miss { get; internal set; }

    /// <summary>
    /// Gets the reason why the upstream did not answer or its answer was not recorded; null if there was no error.
    /// </summary>
    public string? Error { get; internal set; }

    /// <summary>Gets whether the request could not be recorded; <see cref="Error"/> then has the reason.</summary>
    public bool IsLost { get; internal set; }

    /// <summary>Gets the injected fault; null for none.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>Gets the name of the test that was running; null if it is not known.</summary>
    internal string? Test { get; init; }

    /// <summary>Gets or sets whether an error has reported that the request was not answered or not recorded.</summary>
    internal bool IsReported { get; set; }

    /// <summary>Gets the message for a request that could not be recorded.</summary>
    internal string LossMessage => $"{Method} {Path}: {Error}";

    /// <summary>Gets the request for matching. Parsed values are kept while they are in use.</summary>
    internal ApiRequest Request
    {
        get
        {
            if (_read is not null && _read.TryGetTarget(out var read))
            {
                return read;
            }

            read = _unread with { Body = default };
            _read = new WeakReference<ApiRequest>(read);
            return read;
        }
    }

    /// <summary>Gets the approximate size in memory, in bytes.</summary>
    internal long Bytes =>
        OwnBytes
        + _unread.Utf8.Length
        + (Miss?.Bytes ?? 0)
        + (sizeof(char) * (long)(_unread.Method.Length + _unread.Path.Length + _unread.Query.Length));

    /// <summary>Returns the method, the path and the outcome.</summary>
    public override string ToString() => $"{Method} {Path} {Outcome}{(Fault is null ? string.Empty : $" {Fault}")}";
}
