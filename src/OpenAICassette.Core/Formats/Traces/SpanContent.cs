using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Formats.Traces;

/// <summary>Represents what a span says of a call: its request and its answers.</summary>
internal sealed record SpanContent
{
    /// <summary>Gets the messages of the request.</summary>
    public IReadOnlyList<Message> Messages => field ??= ReadMessages();

    /// <summary>Gets what reads the messages, which are long, when they are asked for.</summary>
    public Func<IReadOnlyList<Message>> ReadMessages { get; init; } = () => [];

    /// <summary>Gets the answers, each with why it ended.</summary>
    public IReadOnlyList<(Message Message, string? Reason)> Choices { get; init; } = [];

    /// <summary>Gets the list of the tools that the request offers; undefined if it was not traced.</summary>
    public JsonValue Tools { get; init; }

    /// <summary>Gets other members of the request, each with its JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Gets the request as it was traced; empty if only its messages were.</summary>
    public ReadOnlyMemory<byte> RawRequest { get; init; }

    /// <summary>Gets the response as it was traced; empty if only its messages were.</summary>
    public ReadOnlyMemory<byte> RawResponse { get; init; }

    /// <summary>Returns the request of a call.</summary>
    public ReadOnlyMemory<byte> RequestOf(TracedCall call) =>
        RawRequest.IsEmpty ? TracedChat.Request(call.Path, call.Model, Messages, Tools, Parameters) : RawRequest;

    /// <summary>Returns the response of a call; empty if it failed without an answer.</summary>
    public ReadOnlyMemory<byte> ResponseOf(TracedCall call)
    {
        if (!RawResponse.IsEmpty)
        {
            return RawResponse;
        }

        if (Choices.Count == 0 && call.Failure is not null)
        {
            return default;
        }

        var answers =
            Choices.Count == 0
                ? [(new Message { Role = "assistant" }, call.Reasons is [var reason, ..] ? reason : null)]
                : Choices;
        return TracedChat.Response(call.Path, call.ResponseId, call.AnsweredModel ?? call.Model, answers, call.Usage);
    }
}
