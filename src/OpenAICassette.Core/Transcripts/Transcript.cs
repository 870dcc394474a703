using OpenAICassette.Conversations;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>A conversation for people: every turn in order, then how it ended. As text it reads like a play.</summary>
public sealed class Transcript
{
    private readonly Conversation _last;

    /// <summary>Makes the transcript of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public Transcript(Conversation conversation)
        : this([new ConversationLink(conversation ?? throw new ArgumentNullException(nameof(conversation)), 0)])
    {
    }

    /// <summary>Makes one transcript of conversations that go on from one another.</summary>
    /// <param name="chain">The conversations, the first one first; at least one.</param>
    public Transcript(IReadOnlyList<ConversationLink> chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _last = chain[^1].Conversation;
        Conversations = chain.Select(link => link.Conversation).ToArray();
        Turns = chain.SelectMany(TurnsOf).ToArray();
        Usage = Conversations.Select(conversation => conversation.Usage).Aggregate(OpenAICassette.Usage.Sum);
        ToolResults = new ToolResults(Turns);
        Settings = Conversations.Count > 1 ? new CallSettings(Conversations) : null;
    }

    /// <summary>The name of the cassette; of the first one, where several make one conversation.</summary>
    public string Name => Interaction.Cassette.Name;

    /// <summary>The turns: what was sent, then what was answered.</summary>
    public IReadOnlyList<Turn> Turns { get; }

    /// <summary>The model that answered last, as it names itself; null where none was recorded.</summary>
    public string? Model => _last.Model;

    /// <summary>The token counts of all calls together; null where none were recorded.</summary>
    public Usage? Usage { get; }

    /// <summary>Why the model stopped at last, of the first answer; null where none was recorded.</summary>
    public string? FinishReason => _last.Choices.Count > 0 ? _last.Choices[0].FinishReason : null;

    /// <summary>How many chunks the recorded streams have; 0 when no response is a stream.</summary>
    public int Chunks => Conversations.Sum(conversation => conversation.Interaction.ChunkCount);

    /// <summary>The error that the last call ended in; null when it succeeded.</summary>
    public RecordedError? Error => _last.Error;

    /// <summary>What the last response holds beside what was said.</summary>
    public IReadOnlyList<Detail> Details => _last.Details;

    /// <summary>The conversations that the transcript is of: one, or several that go on from one another.</summary>
    public IReadOnlyList<Conversation> Conversations { get; }

    /// <summary>The first interaction behind the transcript.</summary>
    public Interaction Interaction => Conversations[0].Interaction;

    /// <summary>Which tool's message answers which call.</summary>
    internal ToolResults ToolResults { get; }

    /// <summary>What its calls ask for differently; null where there is one call.</summary>
    internal CallSettings? Settings { get; }

    /// <summary>The transcript as plain text.</summary>
    public override string ToString() => TranscriptRenderer.Render(this, TranscriptOutput.Text);

    private static IEnumerable<Turn> TurnsOf(ConversationLink link)
    {
        var source = link.Conversation.Interaction;
        return link.Conversation.Messages.Skip(link.Known).Select(message => new Turn(message, null, source))
            .Concat(link.Conversation.Choices.Select(choice => new Turn(choice.Message, choice, source)));
    }
}
