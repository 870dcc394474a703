using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>A conversation for people: every turn in order, then how it ended. As text it reads like a play.</summary>
public sealed class Transcript
{
    /// <summary>Makes the transcript of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public Transcript(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        Interaction = conversation.Interaction;
        Turns = conversation.Messages.Select(message => new Turn(message, null))
            .Concat(conversation.Choices.Select(choice => new Turn(choice.Message, choice))).ToArray();
        Model = conversation.Model;
        Usage = conversation.Usage;
        FinishReason = conversation.Choices.Count > 0 ? conversation.Choices[0].FinishReason : null;
        Error = conversation.Error;
    }

    /// <summary>The cassette's name.</summary>
    public string Name => Interaction.Cassette.Name;

    /// <summary>The turns: what was sent, then what was answered.</summary>
    public IReadOnlyList<Turn> Turns { get; }

    /// <summary>The model that answered, as it names itself; null where none was recorded.</summary>
    public string? Model { get; }

    /// <summary>The token counts; null where none were recorded.</summary>
    public Usage? Usage { get; }

    /// <summary>Why the model stopped, of the first answer; null where none was recorded.</summary>
    public string? FinishReason { get; }

    /// <summary>How many chunks the recorded stream has; 0 when the response is not a stream.</summary>
    public int Chunks => Interaction.ChunkCount;

    /// <summary>The error that the call ended in; null when it succeeded.</summary>
    public RecordedError? Error { get; }

    /// <summary>The interaction behind the transcript.</summary>
    public Interaction Interaction { get; }

    /// <summary>The transcript as plain text.</summary>
    public override string ToString() => TranscriptRenderer.Render(this, TranscriptOutput.Text);
}
