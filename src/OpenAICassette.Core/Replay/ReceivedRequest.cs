using OpenAICassette.Conversations;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>A request that was received, and what became of it. Secrets in it are replaced as those of a cassette are.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest(int number, ApiRequest request)
    {
        Number = number;
        Request = request;
    }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>The HTTP method.</summary>
    public string Method => Request.Method;

    /// <summary>The path without its query.</summary>
    public string Path => Request.Path;

    /// <summary>What the API was asked for, for example chat/completions.</summary>
    public string Operation => Request.Operation.Name;

    /// <summary>The model that was asked for; null where the request names none.</summary>
    public string? Model => Request.Members["model"].Text;

    /// <summary>The body; undefined when there was none.</summary>
    public JsonValue Body => Request.Body;

    /// <summary>What was said.</summary>
    public IReadOnlyList<Message> Messages => field ??= RequestReader.Read(new RecordedRequest(default, Request.Body)).ToArray();

    /// <summary>The names of the tools that the model was offered.</summary>
    public IReadOnlyList<string> Tools => field ??=
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

    /// <summary>The request as it is matched.</summary>
    internal ApiRequest Request { get; }

    /// <summary>About how much memory it holds.</summary>
    internal long Bytes => Request.Utf8.Length + (sizeof(char) * (long)(Request.Path.Length + Request.Query.Length));

    /// <summary>The method, the path and what became of the request.</summary>
    public override string ToString() => $"{Method} {Path} {Outcome}{(Fault is null ? string.Empty : $" {Fault}")}";
}
