using OpenAICassette.Conversations;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Represents a conversation rendered for people: all turns in order, then how it ended.</summary>
public sealed class Transcript
{
    private readonly Conversation _last;

    /// <summary>Initializes a new instance with one conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public Transcript(Conversation conversation)
        : this([new ConversationLink(conversation ?? throw new ArgumentNullException(nameof(conversation)), 0)]) { }

    /// <summary>Initializes a new instance with conversations that continue each other.</summary>
    /// <param name="chain">The conversations, the first one first; at least one.</param>
    internal Transcript(IReadOnlyList<ConversationLink> chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _last = chain[^1].Conversation;
        Conversations = chain.Select(link => link.Conversation).ToArray();
        Turns = chain.SelectMany(TurnsOf).ToArray();
        Usage = Conversations.Select(conversation => conversation.Usage).Aggregate(OpenAICassette.Usage.Sum);
        ToolResults = new ToolResults(Turns);
        Settings = Conversations.Count > 1 ? new CallSettings(Conversations) : null;
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

    /// <summary>Gets the tool messages that answer its calls.</summary>
    internal ToolResults ToolResults { get; }

    /// <summary>Gets the settings in which its calls differ; null for a single call.</summary>
    internal CallSettings? Settings { get; }

    /// <summary>Returns the transcript as plain text.</summary>
    public override string ToString() => TranscriptRenderer.Render(this, TranscriptOutput.Text);

    private static IEnumerable<Turn> TurnsOf(ConversationLink link)
    {
        var source = link.Conversation.Interaction;
        return link
            .Conversation.Messages.Skip(link.Known)
            .Select(message => new Turn(message, null, source))
            .Concat(link.Conversation.Choices.Select(choice => new Turn(choice.Message, choice, source)));
    }
}
