using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>
/// Represents the views of a call in a session. The request is put together when its body is asked for.
/// </summary>
/// <param name="log">The session.</param>
/// <param name="turn">The call.</param>
internal sealed class LogViews(SessionLog log, LogTurn turn) : IInteractionViews
{
    private const string MediaType = "application/json";

    /// <summary>Gets the session.</summary>
    public SessionLog Log => log;

    /// <summary>Gets the call.</summary>
    public LogTurn Turn => turn;

    /// <summary>Returns what lists show of a call.</summary>
    public static InteractionSummary Summarize(SessionLog log, LogTurn turn) =>
        new()
        {
            Method = "POST",
            Url = string.Empty,
            Endpoint = log.Dialect.Path,
            Model = turn.Model,
            HasError = turn.Failure is not null,
            IsReconstructed = true,
            Views = new LogViews(log, turn),
        };

    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document) =>
        new(Body.Deferred(() => log.RequestOf(turn, document), MediaType))
        {
            Method = "POST",
            Url = string.Empty,
            SentAt = turn.SentAt,
            IsReconstructed = true,
        };

    /// <summary>
    /// Returns the body of an interaction's request; of one in a log, only what no call before it knew.
    /// </summary>
    public static Body NewsOf(Interaction interaction) =>
        SessionLog.Of(interaction) is var (log, turn)
            ? Body.FromBytes(log.NewRequestOf(turn, interaction.Cassette.Source.Read()), MediaType)
            : interaction.Request.Body;

    /// <summary>Returns an interaction's request; of one in a log, without its messages.</summary>
    public static RecordedRequest SettingsOf(Interaction interaction) =>
        SessionLog.Of(interaction) is var (log, turn)
            ? new(Body.FromBytes(log.SettingsOf(turn, interaction.Cassette.Source.Read()), MediaType))
            : interaction.Request;

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        if (turn.Failure is { } failure)
        {
            return new(Body.Empty)
            {
                EndedAt = turn.Duration,
                Error = new RecordedError { Message = failure },
            };
        }

        var answer = JsonValue.ParseOrUndefined(log.AnswerOf(turn, document));
        return new(Body.FromJson(answer)) { EndedAt = turn.Duration, Values = answer.Exists ? [answer] : [] };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [turn.Place];
}
