using OpenAICassette.Apis;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>A request that was received, and what became of it. Secrets in it are replaced as those of a cassette are.</summary>
public sealed class ReceivedRequest
{
    /// <summary>What an entry takes besides its texts.</summary>
    private const int OwnBytes = 512;

    /// <summary>The request as bytes. A table of its values would take many times as much, so none is kept.</summary>
    private readonly ApiRequest _unread;

    private WeakReference<ApiRequest>? _read;

    internal ReceivedRequest(int number, ApiRequest request)
    {
        Number = number;
        _unread = request with { Body = default };
    }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>The HTTP method.</summary>
    public string Method => _unread.Method;

    /// <summary>The path without its query.</summary>
    public string Path => _unread.Path;

    /// <summary>What the API was asked for, for example chat/completions.</summary>
    public string Operation => _unread.Operation.Name;

    /// <summary>The model that was asked for; null where the request names none.</summary>
    public string? Model => Request.Members["model"].Text;

    /// <summary>Gets the body.</summary>
    public Body Body => Request.Body.Exists ? Body.FromJson(Request.Body) : Body.FromBytes(Request.Utf8, mediaType: null);

    /// <summary>What was said.</summary>
    public IReadOnlyList<Message> Messages => RequestReader.Read(new RecordedRequest(Body)).ToArray();

    /// <summary>The names of the tools that the model was offered.</summary>
    public IReadOnlyList<string> Tools =>
        Request.Members["tools"].Elements.Concat(Request.Members["functions"].Elements).Select(ArrayAlignment.NameOf).ToArray();

    /// <summary>What became of it.</summary>
    public RequestOutcome Outcome { get; internal set; }

    /// <summary>The HTTP status of the answer; 0 before there is one.</summary>
    public int Status { get; internal set; }

    /// <summary>The interaction that answered; null when none did.</summary>
    public Interaction? Interaction { get; internal set; }

    /// <summary>Why no recording answered; null when one did.</summary>
    public MissReport? Miss { get; internal set; }

    /// <summary>Why the upstream did not answer, or its answer was not recorded; null when nothing went wrong.</summary>
    public string? Error { get; internal set; }

    /// <summary>True when it should have been recorded and was not; then <see cref="Error"/> says why.</summary>
    public bool IsLost { get; internal set; }

    /// <summary>The fault that was injected; null for none.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>The request as it is matched. What was read of it is kept as long as somebody uses it.</summary>
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

    /// <summary>About how much memory it holds.</summary>
    internal long Bytes => OwnBytes + _unread.Utf8.Length + (Miss?.Bytes ?? 0)
        + (sizeof(char) * (long)(_unread.Method.Length + _unread.Path.Length + _unread.Query.Length));

    /// <summary>The method, the path and what became of the request.</summary>
    public override string ToString() => $"{Method} {Path} {Outcome}{(Fault is null ? string.Empty : $" {Fault}")}";
}
