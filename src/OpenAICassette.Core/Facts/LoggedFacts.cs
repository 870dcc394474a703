using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Facts;

/// <summary>
/// Reads the facts of a call in a log without its request, which repeats all requests before it: a session of many
/// calls
/// would be read again for each.
/// </summary>
/// <param name="interaction">The interaction.</param>
/// <param name="log">The session.</param>
/// <param name="turn">The call.</param>
internal sealed class LoggedFacts(Interaction interaction, SessionLog log, LogTurn turn)
{
    /// <summary>Gets the call.</summary>
    public LogTurn Turn => turn;

    /// <summary>Gets the number of messages in the request.</summary>
    public int MessageCount => log.SystemMessages + (turn.Node.Parent?.Messages ?? 0);

    /// <summary>
    /// Gets a hash of the request; that of the messages was made along the path when the log was indexed.
    /// </summary>
    public UInt128 RequestHash
    {
        get
        {
            var text = $"{log.Dialect.Path} {turn.Model} {turn.Node.Parent?.Hash ?? default:x32}";
            return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Gets the id of the conversation, which all calls have that begin with the same message.</summary>
    public string? ConversationId =>
        log.Ids.GetOrAdd(turn.Node.Parent?.Opening ?? turn.Node.Root, opening =>
            InteractionFacts.IdOf(MessagesTo(opening)) ?? string.Empty
        )
            is { Length: > 0 } id
            ? id
            : null;

    /// <summary>Returns the facts of an interaction; null if it is not of a log.</summary>
    public static LoggedFacts? Of(Interaction interaction) =>
        SessionLog.Of(interaction) is var (log, turn) ? new(interaction, log, turn) : null;

    private List<Message> MessagesTo(LogNode opening)
    {
        var document = interaction.Cassette.Source.Read();
        return
        [
            .. RequestReader.Read(Body.FromBytes(log.SettingsOf(turn, document), null)),
            .. SessionLog
                .PathTo(opening)
                .Where(node => node.Turn is null)
                .SelectMany(node => log.ItemsOf(node, document))
                .SelectMany(item => RequestReader.ReadItem(JsonValue.ParseOrUndefined(item))),
        ];
    }
}
