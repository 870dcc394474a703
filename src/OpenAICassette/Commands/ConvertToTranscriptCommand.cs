using System.Management.Automation;
using OpenAICassette.Conversations;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>ConvertTo-Transcript</c>: shows what was said, in cassettes, interactions and the events of a replay. Events that follow one
/// another and are of one interaction make one transcript.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "Transcript", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Transcript), typeof(string))]
public sealed class ConvertToTranscriptCommand : CassetteInputCommand
{
    private ConversationAssembler? _heard;
    private Interaction? _interaction;
    private int _events;

    /// <summary>Gives text of this form instead of objects.</summary>
    [Parameter]
    public TranscriptOutput As { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => EndEvents();

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        EndEvents();
        foreach (var interaction in cassette.Interactions)
        {
            ForItem(cassette, () => Write(ConversationAssembler.Assemble(interaction)));
        }
    }

    /// <inheritdoc/>
    protected override bool TryProcess(object input)
    {
        switch (input)
        {
            case ReplayEvent played:
                Add(played);
                return true;
            case Interaction interaction:
                EndEvents();
                Write(ConversationAssembler.Assemble(interaction));
                return true;
            default:
                return false;
        }
    }

    private void Add(ReplayEvent played)
    {
        if (played.Interaction != _interaction || played.Index < _events)
        {
            EndEvents();
            _interaction = played.Interaction;
            _heard = new ConversationAssembler(played.Interaction);
        }

        _heard!.Add(played.Data, played.Pieces);
        _events++;
        if (played.Index + 1 >= played.Interaction.ChunkCount)
        {
            EndEvents();
        }
    }

    /// <summary>Writes the transcript of the events so far. The error that a stream ended in belongs to it when the stream was heard to its end.</summary>
    private void EndEvents()
    {
        var (heard, interaction, events) = (_heard, _interaction, _events);
        (_heard, _interaction, _events) = (null, null, 0);
        if (heard is not null && interaction is not null)
        {
            ForItem(interaction, () => Write(heard.Build(events >= interaction.ChunkCount ? interaction.Response.Error : null)));
        }
    }

    private void Write(Conversation conversation)
    {
        var transcript = new Transcript(conversation);
        WriteObject(IsBound(nameof(As)) ? TranscriptRenderer.Render(transcript, As) : transcript);
    }
}
