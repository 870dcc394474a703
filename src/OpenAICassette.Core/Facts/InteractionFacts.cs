using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Facts;
using OpenAICassette.Formats.Traces;

namespace OpenAICassette;

/// <summary>
/// Represents the facts of a recorded call in one row: the request, its result, its duration and its usage. A fact that
/// was not recorded is null or an empty list.
/// </summary>
public sealed record InteractionFacts
{
    private InteractionFacts() { }

    /// <summary>Gets the full path of the cassette's file; the name of a cassette without a file.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the position of the interaction in its file, from 0.</summary>
    public int Index { get; private init; }

    /// <summary>Gets the name of the format on disk.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// Gets the API and its operation, for example <c>openai-chat</c>; null for a call of another kind.
    /// </summary>
    public string? Api { get; private init; }

    /// <summary>Gets the HTTP method.</summary>
    public string? Method { get; private init; }

    /// <summary>Gets the URL as recorded.</summary>
    public string? Url { get; private init; }

    /// <summary>Gets the host that was asked, with its port if it is not the usual one.</summary>
    public string? Host { get; private init; }

    /// <summary>Gets the API path without host, for example <c>/v1/chat/completions</c>.</summary>
    public string? Endpoint { get; private init; }

    /// <summary>Gets the model that was asked for.</summary>
    public string? Model { get; private init; }

    /// <summary>Gets the model that answered, as it names itself.</summary>
    public string? AnsweredModel { get; private init; }

    /// <summary>Gets the id of the test that recorded the call.</summary>
    public string? TestId { get; private init; }

    /// <summary>Gets the HTTP status.</summary>
    public int? Status { get; private init; }

    /// <summary>
    /// Gets whose error the call ended in, for example <c>provider_sdk</c>; <c>http</c> for an error status.
    /// </summary>
    public string? ErrorKind { get; private init; }

    /// <summary>Gets the type of the error, for example <c>BadRequestError</c>.</summary>
    public string? ErrorType { get; private init; }

    /// <summary>Gets whether the response is a stream.</summary>
    public bool IsStreaming { get; private init; }

    /// <summary>Gets the number of elements of the stream; 0 if the response is not a stream.</summary>
    public int Frames { get; private init; }

    /// <summary>Gets when the request was sent.</summary>
    public DateTimeOffset? StartedAt { get; private init; }

    /// <summary>Gets the time from the request to the last frame of a stream.</summary>
    public TimeSpan? Duration { get; private init; }

    /// <summary>Gets the time from the request to the first frame of a stream.</summary>
    public TimeSpan? TimeToFirstFrame { get; private init; }

    /// <summary>Gets the tokens that the service counted.</summary>
    public Usage? Usage { get; private init; }

    /// <summary>
    /// Gets why each answer ended, in common words: <c>stop</c>, <c>length</c>, <c>tool_calls</c>,
    /// <c>content_filter</c>, <c>error</c> or <c>other</c>.
    /// </summary>
    public IReadOnlyList<string> FinishReasons { get; private init; } = [];

    /// <summary>Gets why each answer ended, in the service's words.</summary>
    public IReadOnlyList<string> RawFinishReasons { get; private init; } = [];

    /// <summary>Gets the names of the tools that the request offers.</summary>
    public IReadOnlyList<string> ToolsOffered { get; private init; } = [];

    /// <summary>Gets the names of the tools that the answers call, in order.</summary>
    public IReadOnlyList<string> ToolsCalled { get; private init; } = [];

    /// <summary>Gets the number of messages in the request.</summary>
    public int MessageCount { get; private init; }

    /// <summary>
    /// Gets a hash of the method, the URL and the body. Equal requests have equal hashes, on every machine.
    /// </summary>
    public string RequestHash { get; private init; } = string.Empty;

    /// <summary>
    /// Gets a hash of how the conversation begins. Requests that continue one another have it in common; null without
    /// messages.
    /// </summary>
    public string? ConversationId { get; private init; }

    /// <summary>
    /// Gets whether the request and the response are put together from the log of an agent or a trace.
    /// </summary>
    public bool IsReconstructed { get; private init; }

    /// <summary>Gets the size of the unpacked file in bytes, the same for all of its interactions.</summary>
    public long Bytes { get; private init; }

    /// <summary>Gets the cost of the tokens; null without prices.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Reads the facts of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static InteractionFacts Read(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return Known(interaction) ?? FromConversation(ConversationAssembler.Assemble(interaction));
    }

    /// <summary>Returns the facts of a call in a trace, of which no request is put together.</summary>
    private static InteractionFacts Read(Interaction interaction, TracedFacts traced)
    {
        var call = traced.Call;
        return Basics(interaction) with
        {
            Host = call.Host,
            AnsweredModel = call.AnsweredModel ?? call.Model,
            Status = call.Status,
            ErrorKind =
                call.Failure is null ? null
                : call.Status is null ? "unknown"
                : "http",
            ErrorType = call.ErrorType,
            IsReconstructed = true,
            StartedAt = call.SentAt,
            Duration = call.Duration,
            TimeToFirstFrame = call.TimeToFirstFrame,
            Usage = call.Usage,
            FinishReasons = [.. traced.Reasons.Select(FinishReason.Normalize)],
            RawFinishReasons = traced.Reasons,
            ToolsOffered = traced.ToolsOffered,
            ToolsCalled = traced.ToolsCalled,
            MessageCount = traced.MessageCount,
            RequestHash = $"{traced.RequestHash:x32}",
            ConversationId = IdOf(traced.Opening),
        };
    }

    /// <summary>Returns the facts of a call in a log, which were found when the log was indexed.</summary>
    private static InteractionFacts Read(Interaction interaction, LoggedFacts logged)
    {
        var turn = logged.Turn;
        return Basics(interaction) with
        {
            AnsweredModel = turn.Model,
            IsReconstructed = true,
            ErrorKind = turn.Failure is null ? null : "unknown",
            StartedAt = turn.SentAt,
            Duration = turn.Duration,
            Usage = turn.Usage,
            FinishReasons = turn.FinishReason is null ? [] : [FinishReason.Normalize(turn.FinishReason)],
            RawFinishReasons = turn.FinishReason is null ? [] : [turn.FinishReason],
            ToolsOffered = turn.ToolsOffered,
            ToolsCalled = turn.ToolsCalled,
            MessageCount = logged.MessageCount,
            RequestHash = $"{logged.RequestHash:x32}",
            ConversationId = logged.ConversationId,
        };
    }

    /// <summary>Reads the facts of an interaction whose conversation is at hand.</summary>
    internal static InteractionFacts Read(Conversation conversation) =>
        Known(conversation.Interaction) ?? FromConversation(conversation);

    /// <summary>Returns the facts that a log or trace told; null for another interaction.</summary>
    private static InteractionFacts? Known(Interaction interaction) =>
        LoggedFacts.Of(interaction) is { } logged ? Read(interaction, logged)
        : TracedFacts.Of(interaction) is { } traced ? Read(interaction, traced)
        : null;

    /// <summary>Returns the facts that need no conversation.</summary>
    private static InteractionFacts Basics(Interaction interaction) =>
        new()
        {
            Path = interaction.Cassette.SourcePath ?? interaction.Cassette.Name,
            Index = interaction.Index,
            Format = interaction.Cassette.Format,
            Api = ApiOperation.Of(interaction).Api,
            Method = interaction.Method,
            Url = interaction.Url,
            Endpoint = interaction.Endpoint,
            Model = interaction.Model,
            Bytes = interaction.Cassette.Length,
        };

    private static InteractionFacts FromConversation(Conversation conversation)
    {
        var interaction = conversation.Interaction;
        var error = conversation.Error ?? interaction.Response.Error;
        var reasons = conversation.Choices.Select(choice => choice.FinishReason).OfType<string>().ToArray();
        var times = CallTimes.Of(interaction);
        var traced = TracedCall.Of(interaction);
        return Basics(interaction) with
        {
            Host =
                Uri.TryCreate(interaction.Url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
                    ? uri.Authority
                    : traced?.Host,
            TestId = interaction.TestId,
            IsStreaming = interaction.IsStreaming,
            Frames = interaction.ChunkCount,
            AnsweredModel = conversation.Model,
            Status = interaction.Response.Status ?? error?.Status,
            ErrorKind = error is null ? null : error.Category ?? (error.Status is null ? "unknown" : "http"),
            ErrorType = error?.Type,
            StartedAt = times.StartedAt,
            Duration = times.Duration,
            TimeToFirstFrame = traced?.TimeToFirstFrame ?? times.TimeToFirstFrame,
            IsReconstructed = interaction.IsReconstructed,
            Usage = conversation.Usage,
            FinishReasons = [.. reasons.Select(FinishReason.Normalize)],
            RawFinishReasons = reasons,
            ToolsOffered = [.. conversation.Tools.Select(tool => tool.Name)],
            ToolsCalled =
            [
                .. conversation.Choices.SelectMany(choice => choice.Message.ToolCalls).Select(call => call.Name),
            ],
            MessageCount = conversation.Messages.Count,
            RequestHash = $"{Facts.RequestHash.Of(interaction):x32}",
            ConversationId = IdOf(conversation),
        };
    }

    /// <summary>
    /// Returns the id of a conversation, a hash of the messages up to the first user message, which every request of it
    /// repeats; null without messages.
    /// </summary>
    internal static string? IdOf(Conversation conversation) =>
        LoggedFacts.Of(conversation.Interaction) is { } logged ? logged.ConversationId : IdOf(conversation.Messages);

    /// <summary>Returns the id of a conversation with these messages; null without messages.</summary>
    internal static string? IdOf(IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in messages)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{message.Role}\n{message.Text.Length}\n{message.Text}\n"));
            if (message.Role == "user")
            {
                break;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
