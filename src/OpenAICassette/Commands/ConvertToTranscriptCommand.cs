using System.Management.Automation;
using OpenAICassette.Conversations;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>ConvertTo-Transcript</c>: shows the conversations of cassettes, interactions and replay events, and of what
/// clients return: JSON and event stream text, response objects, lists of messages. Consecutive events of an
/// interaction form one transcript, and so do messages.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "Transcript", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Transcript), typeof(string))]
public sealed class ConvertToTranscriptCommand : CassetteInputCommand
{
    private readonly List<Conversation> _conversations = [];
    private readonly List<Transcript> _pages = [];
    private readonly GivenText _given = new();
    private ConversationAssembler? _heard;
    private Interaction? _interaction;
    private PageOptions _options = PageOptions.None;
    private int _events;

    /// <summary>Returns text in this form instead of objects.</summary>
    [Parameter]
    public TranscriptOutput As { get; set; }

    /// <summary>
    /// Merges calls that continue each other into one transcript: the rounds of a tool loop, the turns of a chat, in
    /// any order.
    /// </summary>
    [Parameter]
    public SwitchParameter Merge { get; set; }

    /// <summary>
    /// Prices for a million tokens by model, or the path of a price file; HTML and Markdown then show the cost of each call.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Price { get; set; }

    private bool IsPage => IsBound(nameof(As)) && As == TranscriptOutput.Html;

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _options = new PageOptions { Price = PriceParameter.Read(this, Price) };

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        EndInput();
        if (Merge)
        {
            foreach (var transcript in TranscriptList.Merge(_conversations))
            {
                Write(transcript, Rendered(transcript));
            }
        }

        if (_pages.Count > 0)
        {
            WriteObject(HtmlPage.Render(_pages, _options));
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        foreach (
            var (_, made) in CassetteLoader.Load(Reports, paths, Recurse, (cassette, _) => Made(cassette), StopToken)
        )
        {
            WriteAll(made);
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        EndInput();
        ForItem(cassette, () => WriteAll(Made(cassette)));
    }

    /// <inheritdoc/>
    protected override bool TryProcess(object input)
    {
        switch (input)
        {
            case ReplayEvent played:
                EndText();
                Add(played);
                return true;
            case Interaction interaction:
                EndInput();
                WriteAll([Made(ConversationAssembler.Assemble(interaction))]);
                return true;
            default:
                EndEvents();
                return Add(input);
        }
    }

    private bool Add(object input)
    {
        if ((input as string ?? GivenObject.ToJson(input)) is not { } text)
        {
            return false;
        }

        if (_given.IsEmpty && !GivenText.CanBegin(text))
        {
            return text.Length == 0;
        }

        // A list of messages arrives message by message, an event stream line by line.
        if (!_given.Continues(text))
        {
            EndText();
        }

        _given.Add(text);
        if (_given.IsWhole)
        {
            EndText();
        }

        return true;
    }

    private void EndInput()
    {
        EndEvents();
        EndText();
    }

    /// <summary>Writes the transcripts of the text so far.</summary>
    private void EndText()
    {
        var text = _given.Take();
        if (text.Length == 0)
        {
            return;
        }

        ForItem(text, () =>
        {
            foreach (var cassette in GivenCassette.Read(text))
            {
                WriteAll(Made(cassette));
            }
        });
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
        if (played.Chunk is { } chunk)
        {
            _heard.AddEvent(chunk);
        }

        _events++;
        if (played.Index + 1 >= played.Interaction.ChunkCount)
        {
            EndEvents();
        }
    }

    /// <summary>
    /// Writes the transcript of the events so far. The error that a stream ended in belongs to it when the stream was
    /// heard to its end.
    /// </summary>
    private void EndEvents()
    {
        var (heard, interaction, events) = (_heard, _interaction, _events);
        (_heard, _interaction, _events) = (null, null, 0);
        if (heard is not null && interaction is not null)
        {
            ForItem(interaction, () =>
                WriteAll([Made(heard.Build(events >= interaction.ChunkCount ? interaction.Response.Error : null))])
            );
        }
    }

    private (Conversation? Conversation, Transcript? Transcript, string? Text)[] Made(Cassette cassette) =>
        Merge
            ? [.. cassette.Interactions.Select(interaction => Made(ConversationAssembler.Assemble(interaction)))]
            : [.. TranscriptList.Of(cassette).Select(Made)];

    private (Conversation? Conversation, Transcript? Transcript, string? Text) Made(Conversation conversation) =>
        Merge ? (conversation, null, null) : Made(new Transcript(conversation));

    private (Conversation? Conversation, Transcript? Transcript, string? Text) Made(Transcript transcript) =>
        (null, transcript, Rendered(transcript));

    private string? Rendered(Transcript transcript) =>
        IsBound(nameof(As)) && !IsPage ? TranscriptRenderer.Render(transcript, As, _options) : null;

    private void WriteAll((Conversation? Conversation, Transcript? Transcript, string? Text)[] all)
    {
        foreach (var (conversation, transcript, text) in all)
        {
            if (conversation is not null)
            {
                _conversations.Add(conversation);
            }
            else
            {
                Write(transcript!, text);
            }
        }
    }

    private void Write(Transcript transcript, string? text)
    {
        if (IsPage)
        {
            _pages.Add(transcript);
        }
        else
        {
            WriteObject(text ?? (object)transcript);
        }
    }
}
