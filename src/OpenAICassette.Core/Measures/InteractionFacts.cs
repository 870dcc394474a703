using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Measures;

namespace OpenAICassette;

/// <summary>
/// Represents the facts of a recorded call in one row: the request, its result, its duration and its usage. A fact that
/// was not recorded is null or an empty list.
/// </summary>
public sealed record InteractionFacts
{
    private InteractionFacts() { }

    /// <summary>
    /// Gets the API and its operation, for example <c>openai-chat</c>; null for a call of another kind.
    /// </summary>
    public string? Api { get; private init; }

    /// <summary>Gets the host that was asked.</summary>
    public string? Host { get; private init; }

    /// <summary>Gets the model that answered, as it names itself.</summary>
    public string? AnsweredModel { get; private init; }

    /// <summary>Gets the HTTP status.</summary>
    public int? Status { get; private init; }

    /// <summary>
    /// Gets whose error the call ended in, for example <c>provider_sdk</c>; <c>http</c> for an error status.
    /// </summary>
    public string? ErrorKind { get; private init; }

    /// <summary>Gets the type of the error, for example <c>BadRequestError</c>.</summary>
    public string? ErrorType { get; private init; }

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

    /// <summary>Reads the facts of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static InteractionFacts Read(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var conversation = ConversationAssembler.Assemble(interaction);
        var error = conversation.Error ?? interaction.Response.Error;
        var reasons = conversation.Choices.Select(choice => choice.FinishReason).OfType<string>().ToArray();
        var times = interaction.Response.Frames.Select(frame => frame.At).OfType<TimeSpan>().ToArray();
        return new InteractionFacts
        {
            Api = ApiOperation.Of(interaction).Api,
            Host =
                Uri.TryCreate(interaction.Url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
                    ? uri.Authority
                    : null,
            AnsweredModel = conversation.Model,
            Status = interaction.Response.Status ?? error?.Status,
            ErrorKind = error is null ? null : error.Category ?? (error.Status is null ? "unknown" : "http"),
            ErrorType = error?.Type,
            StartedAt = interaction.Request.SentAt,
            Duration = interaction.Response.EndedAt ?? (times.Length > 0 ? times[^1] : null),
            TimeToFirstFrame = times.Length > 0 ? times[0] : null,
            Usage = conversation.Usage,
            FinishReasons = [.. reasons.Select(FinishReason.Normalize)],
            RawFinishReasons = reasons,
            ToolsOffered = [.. conversation.Tools.Select(tool => tool.Name)],
            ToolsCalled =
            [
                .. conversation.Choices.SelectMany(choice => choice.Message.ToolCalls).Select(call => call.Name),
            ],
            MessageCount = conversation.Messages.Count,
            RequestHash = $"{CassetteMeter.RequestOf(interaction):x32}",
            ConversationId = HashOfBeginning(conversation.Messages),
        };
    }

    /// <summary>
    /// Hashes the messages up to the first user message, which every request of a conversation repeats.
    /// </summary>
    private static string? HashOfBeginning(IReadOnlyList<Message> messages)
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
