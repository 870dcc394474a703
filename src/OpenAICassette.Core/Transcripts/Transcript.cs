using OpenAICassette.Conversations;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Represents a conversation rendered for people: all turns in order, then how it ended.</summary>
public sealed class Transcript
{
    private readonly Dictionary<ToolCall, Transcript>? _agents;
    private readonly Conversation _last;

    /// <summary>Initializes a new instance with one conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public Transcript(Conversation conversation)
        : this([new ConversationLink(conversation ?? throw new ArgumentNullException(nameof(conversation)), 0)]) { }

    /// <summary>Initializes a new instance with conversations that continue each other.</summary>
    /// <param name="chain">The conversations, the first one first; at least one.</param>
    /// <param name="agents">The sub-agents of a session, by the calls that started them; null if it is none.</param>
    /// <param name="files">The names of the logs of those sub-agents.</param>
    internal Transcript(
        IReadOnlyList<ConversationLink> chain,
        Dictionary<ToolCall, Transcript>? agents = null,
        IReadOnlyCollection<string>? files = null
    )
    {
        ArgumentNullException.ThrowIfNull(chain);
        _last = chain[^1].Conversation;
        Conversations = chain.Where(link => !link.IsUnanswered).Select(link => link.Conversation).ToArray();
        Turns = chain.SelectMany(TurnsOf).ToArray();
        Usage = Conversations.Select(conversation => conversation.Usage).Aggregate(OpenAICassette.Usage.Sum);
        ToolResults = new ToolResults(Turns);
        Settings = Conversations.Count > 1 && agents is null ? new CallSettings(Conversations) : null;
        _agents = agents;
        AgentFiles = files ?? [];
    }

    /// <summary>Gets the name of the cassette; of the first one if several form one conversation.</summary>
    public string Name => Interaction.Cassette.Name;

    /// <summary>Gets the turns: the request, then the answer.</summary>
    public IReadOnlyList<Turn> Turns { get; }

    /// <summary>Gets the name of the model in the last response; null if none was recorded.</summary>
    public string? Model => _last.Model;

    /// <summary>Gets the total token counts of all calls; null if none were recorded.</summary>
    public Usage? Usage { get; }

    /// <summary>Gets the last finish reason of the first answer; null if none was recorded.</summary>
    public string? FinishReason => _last.Choices.Count > 0 ? _last.Choices[0].FinishReason : null;

    /// <summary>Gets the number of chunks of the recorded streams; 0 if no response is a stream.</summary>
    public int Chunks => Conversations.Sum(conversation => conversation.Interaction.ChunkCount);

    /// <summary>Gets the error of the last call; null if it succeeded.</summary>
    public RecordedError? Error => _last.Error;

    /// <summary>Gets the members of the last response that are not part of the conversation.</summary>
    public IReadOnlyList<Detail> Details => _last.Details;

    /// <summary>Gets the conversations of the transcript: one, or several that continue each other.</summary>
    public IReadOnlyList<Conversation> Conversations { get; }

    /// <summary>Gets the first interaction of the transcript.</summary>
    public Interaction Interaction => Conversations[0].Interaction;

    /// <summary>Gets the transcripts of the sub-agents that the calls of a session started, in their order.</summary>
    public IReadOnlyList<Transcript> Subagents =>
        field ??= Turns.SelectMany(turn => turn.ToolCalls).Select(AgentOf).OfType<Transcript>().ToArray();

    /// <summary>Gets the names of the logs of sub-agents that are told, below the folder of the session.</summary>
    internal IReadOnlyCollection<string> AgentFiles { get; } = [];

    /// <summary>Gets the tool messages that answer its calls.</summary>
    internal ToolResults ToolResults { get; }

    /// <summary>Gets the settings in which its calls differ; null for a single call.</summary>
    internal CallSettings? Settings { get; }

    /// <summary>Gets the error that ends the transcript; null if it is told among the turns.</summary>
    internal RecordedError? LastError => Turns.Any(turn => turn.Role == SessionEntry.ErrorRole) ? null : Error;

    /// <summary>Returns the transcript as plain text.</summary>
    public override string ToString() => TranscriptRenderer.Render(this, TranscriptOutput.Text);

    /// <summary>Returns the transcript of the sub-agent that a call started; null if it started none.</summary>
    internal Transcript? AgentOf(ToolCall call) => _agents?.GetValueOrDefault(call);

    /// <summary>
    /// Returns how long a tool took, from the answer that calls it to its result; null if that is not known.
    /// </summary>
    internal static TimeSpan? DurationOf(Turn turn, Turn? result) =>
        result?.At - turn.At is { } time && time >= TimeSpan.Zero ? time : null;

    private static IEnumerable<Turn> TurnsOf(ConversationLink link)
    {
        var source = link.Conversation.Interaction;
        if (link.News is { } news)
        {
            var note = link.Note;
            foreach (var told in news)
            {
                yield return new Turn(told.Message, null, source, told.At, told.Note);
            }

            foreach (var choice in link.IsUnanswered ? [] : link.Conversation.Choices)
            {
                yield return new Turn(choice.Message, choice, source, link.AnsweredAt, note);
                note = null;
            }

            yield break;
        }

        if (link.Conversation.Timeline is { } timeline)
        {
            foreach (var entry in timeline)
            {
                yield return new Turn(entry, source);
            }

            yield break;
        }

        var turns = link
            .Conversation.Messages.Skip(link.Known)
            .Select(message => new Turn(message, null, source))
            .Concat(link.Conversation.Choices.Select(choice => new Turn(choice.Message, choice, source)));
        foreach (var turn in turns)
        {
            yield return turn;
        }
    }
}
