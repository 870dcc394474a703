using OpenAICassette.Conversations;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>A request that was received, and what became of it. Secrets in it are replaced as those of a cassette are.</summary>
public sealed class ReceivedRequest
{
    private readonly ApiRequest _request;

    internal ReceivedRequest(int number, ApiRequest request)
    {
        Number = number;
        _request = request;
    }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>The HTTP method.</summary>
    public string Method => _request.Method;

    /// <summary>The path without its query.</summary>
    public string Path => _request.Path;

    /// <summary>What the API was asked for, for example chat/completions.</summary>
    public string Operation => _request.Operation.Name;

    /// <summary>The model that was asked for; null where the request names none.</summary>
    public string? Model => _request.Members["model"].Text;

    /// <summary>The body; undefined when there was none.</summary>
    public JsonValue Body => _request.Body;

    /// <summary>What was said.</summary>
    public IReadOnlyList<Message> Messages => field ??= RequestReader.Read(new RecordedRequest(default, _request.Body)).ToArray();

    /// <summary>The names of the tools that the model was offered.</summary>
    public IReadOnlyList<string> Tools => field ??=
        _request.Members["tools"].Elements.Concat(_request.Members["functions"].Elements).Select(ArrayAlignment.NameOf).ToArray();

    /// <summary>What became of it.</summary>
    public RequestOutcome Outcome { get; internal set; }

    /// <summary>The HTTP status of the answer; 0 before there is one.</summary>
    public int Status { get; internal set; }

    /// <summary>The interaction that answered; null when none did.</summary>
    public Interaction? Interaction { get; internal set; }

    /// <summary>Why no recording answered; null when one did.</summary>
    public MissReport? Miss { get; internal set; }

    /// <summary>The fault that was injected; null for none.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>About how much memory it holds.</summary>
    internal long Bytes => _request.Utf8.Length + (sizeof(char) * (long)(_request.Path.Length + _request.Query.Length));

    /// <summary>The method, the path and what became of the request.</summary>
    public override string ToString() => $"{Method} {Path} {Outcome}{(Fault is null ? string.Empty : $" {Fault}")}";
}
