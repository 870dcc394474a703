using System.Management.Automation;
using OpenAICassette.Conversations;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>ConvertTo-Transcript</c>: shows what was said.</summary>
[Cmdlet(VerbsData.ConvertTo, "Transcript", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(Transcript), typeof(string))]
public sealed class ConvertToTranscriptCommand : CassetteInputCommand
{
    private ConversationAssembler? _heard;
    private Interaction? _interaction;
    private int _events;

    /// <summary>Cassettes, interactions, or the events of a replay; events that follow one another and are of one interaction make one transcript.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>Gives text of this form instead of objects.</summary>
    [Parameter]
    public TranscriptOutput As { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, item => Add(item is PSObject wrapped ? wrapped.BaseObject : item));

    /// <inheritdoc/>
    protected override void EndProcessing() => EndEvents();

    private void Add(object item)
    {
        switch (item)
        {
            case ReplayEvent played:
                Add(played);
                break;
            case Cassette cassette:
                EndEvents();
                foreach (var interaction in cassette.Interactions)
                {
                    ForItem(cassette, () => Write(ConversationAssembler.Assemble(interaction)));
                }

                break;
            case Interaction interaction:
                EndEvents();
                Write(ConversationAssembler.Assemble(interaction));
                break;
            default:
                WriteError(Errors.InputNotSupported(item));
                break;
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

        _heard!.Add(played.Pieces);
        _events++;
    }

    /// <summary>Writes the transcript of the events so far. The error that a stream ended in belongs to it when the stream was heard to its end.</summary>
    private void EndEvents()
    {
        if (_heard is { } heard && _interaction is { } interaction)
        {
            ForItem(interaction, () => Write(heard.Build(_events >= interaction.ChunkCount ? interaction.Response.Error : null)));
        }

        (_heard, _interaction, _events) = (null, null, 0);
    }

    private void Write(Conversation conversation)
    {
        var transcript = new Transcript(conversation);
        WriteObject(MyInvocation.BoundParameters.ContainsKey(nameof(As)) ? TranscriptRenderer.Render(transcript, As) : transcript);
    }
}
