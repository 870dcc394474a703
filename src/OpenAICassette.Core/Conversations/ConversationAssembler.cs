using OpenAICassette.Apis;
using OpenAICassette.Apis.Audio;
using OpenAICassette.Conversations;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette;

/// <summary>
/// Assembles the conversation of an interaction from its request and as much of its response as it is given.
/// </summary>
/// <example>
/// <code>
/// var conversation = ConversationAssembler.Assemble(interaction);
/// Console.WriteLine(conversation.Choices[0].Message.Text);
/// </code>
/// </example>
public sealed class ConversationAssembler
{
    /// <summary>What ends a stream of chat completions.</summary>
    private const string StreamEnd = "data: [DONE]";

    private readonly Interaction _interaction;
    private readonly Dictionary<int, ChoiceBuilder> _choices = [];
    private readonly List<string> _answerIds = [];
    private int _turns;
    private IApiFamily? _family;
    private string? _model;
    private readonly SortedDictionary<int, Usage> _usages = [];
    private RecordedError? _error;
    private string? _responseId;
    private string? _audioType;
    private readonly DetailCollector? _details = new();

    /// <summary>Begins with the request alone.</summary>
    /// <param name="interaction">The interaction.</param>
    public ConversationAssembler(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        _interaction = interaction;
    }

    private ConversationAssembler(Interaction interaction, DetailCollector? details)
    {
        _interaction = interaction;
        _details = details;
    }

    /// <summary>Returns the whole conversation of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static Conversation Assemble(Interaction interaction)
    {
        var assembler = new ConversationAssembler(interaction);
        assembler.AddData();
        foreach (var frame in interaction.Response.Frames)
        {
            assembler.AddEvent(frame);
        }

        return assembler.Build(interaction.Response.Error);
    }

    /// <summary>
    /// Returns the answers of an interaction alone, which takes less than the whole conversation; none if the API is not
    /// conversational.
    /// </summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    internal static IReadOnlyList<Choice> AssembleAnswers(Interaction interaction)
    {
        var assembler = new ConversationAssembler(interaction, details: null);
        assembler.AddData();
        return assembler.BuildChoices();
    }

    /// <summary>Returns the start of what a cassette's interactions answered, on one line.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static string Said(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);

        // One line shows one answer: the first that says anything.
        return cassette
            .Interactions.Select(interaction => Assemble(interaction).Said())
            .FirstOrDefault(said => said.Length > 0, string.Empty);
    }

    /// <summary>Adds a chunk, or a response that is no stream.</summary>
    /// <param name="data">The chunk's data.</param>
    /// <param name="pieces">The pieces of the chunk, in order.</param>
    public void Add(JsonValue data, IReadOnlyList<StreamPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        _family ??= ApiFamilies.Of(data, out _);
        var family = _family ?? ApiFamilies.Default;
        var logProbs = family.ReadLogProbs(data);
        _details?.Add(data, pieces, logProbs);
        _responseId ??= family.FindResponseId(data);
        _audioType = family.FindAudioType(data, FrameDirection.Received) ?? _audioType;
        var answer = AnswerOf(family.FindAnswerId(data));
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            switch (piece.Kind)
            {
                case StreamPieceKind.Model:
                    _model = piece.Value.Text;
                    break;
                case StreamPieceKind.Usage:
                    if (Usage.Read(piece.Value, _usages.GetValueOrDefault(answer)) is { } usage)
                    {
                        _usages[answer] = usage;
                    }

                    break;
                case StreamPieceKind.Error:
                    _error = ErrorReader.ReadEvent(piece.Value);
                    break;
                default:
                    ChoiceOf(answer + piece.Choice)
                        .Add(InTurn(piece), followsId: i > 0 && pieces[i - 1].Kind == StreamPieceKind.ToolCallId);
                    break;
            }
        }

        _turns += family.EndsTurn(data) ? 1 : 0;
        foreach (var read in logProbs)
        {
            ChoiceOf(read.Choice).Add(read.Tokens);
        }
    }

    /// <summary>
    /// Adds an event of a stream whose data is not JSON, which no known service sends but to end the stream.
    /// </summary>
    /// <param name="chunk">The chunk.</param>
    public void AddEvent(Chunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        AddEvent(chunk.Frame);
    }

    private void AddEvent(Frame frame)
    {
        if (!frame.Json.Exists && frame.Lines is { } lines && !lines.Contains(StreamEnd))
        {
            _details?.Add("event", string.Join('\n', lines));
        }
    }

    /// <summary>Returns the conversation so far.</summary>
    /// <param name="error">The error that the call ended in, where it did.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public Conversation Build(RecordedError? error = null)
    {
        error ??= _error;
        var choices = BuildChoices();
        var other = choices.Count == 0 && error is null ? OtherAnswer.Read(_interaction) : null;
        if (other is not null)
        {
            choices.Add(new Choice(0, other, null));
        }

        var timeline = IsSession ? SessionTimeline.Of(_interaction.Response.Frames) : null;
        var model = _model ?? OtherAnswer.Model(_interaction) ?? NamedModel();
        var read = new Conversation(_interaction)
        {
            ReadMessages = () =>
                timeline?.Where(entry => entry.Choice is null).Select(entry => entry.Message)
                ?? RequestReader.Read(_interaction.Request),
            Timeline = timeline,
            Choices = choices,
            Model = model,
            Usage = _usages.Values.Aggregate((Usage?)null, Usage.Sum) ?? OtherAnswer.Usage(_interaction),
            ReadTools = () =>
                RequestSettings.Tools(IsSession ? SessionSettings : LogViews.SettingsOf(_interaction).Body.Json),
            ReadParameters = () =>
                IsSession
                    ? RequestSettings.Parameters(SessionSettings)
                    : RequestSettings.Parameters(LogViews.SettingsOf(_interaction)),
            Details =
                IsShownAsRecorded(other) || _interaction.IsReconstructed
                    ? []
                    : _details?.Build(ShownTexts.Of(choices, timeline?.Select(entry => entry.Message), model, error))
                        ?? [],
            ResponseId = _responseId,
            Converses = other is null,
            Error = error,
        };
        return _interaction.IsReconstructed ? read : Whole(read);
    }

    /// <summary>Reads what a request says while its file is at hand.</summary>
    private static Conversation Whole(Conversation conversation)
    {
        _ = (conversation.Messages, conversation.Tools, conversation.Parameters);
        return conversation;
    }

    private void AddData()
    {
        var pieces = new PieceList();
        foreach (var data in _interaction.Response.Data)
        {
            pieces.Clear();
            ChunkReader.Read(data, pieces);
            Add(data, pieces.Pieces);
        }
    }

    private List<Choice> BuildChoices()
    {
        var noArguments = (_family ?? ApiFamilies.Default).NoArguments;
        return [.. _choices.Values.OrderBy(choice => choice.Index).Select(choice => choice.Build(noArguments))];
    }

    private JsonValue SessionSettings => SessionTimeline.SettingsOf(_interaction.Response.Frames);

    private bool IsSession => _interaction.Method == ExchangeDraft.WebSocketMethod;

    /// <summary>Returns the model that the request names, in its body or in its path.</summary>
    private string? NamedModel() =>
        !string.IsNullOrEmpty(_interaction.Model) ? _interaction.Model
        : _interaction.Endpoint is { } path ? ApiOperation.Of(path).Deployment
        : null;

    /// <summary>Returns the position of an answer among those of a session; 0 where there is one.</summary>
    private int AnswerOf(string? id)
    {
        if (id is not null && !_answerIds.Contains(id))
        {
            _answerIds.Add(id);
        }

        return id is null ? 0 : _answerIds.IndexOf(id);
    }

    /// <summary>Returns a piece with a slot that no other turn has.</summary>
    private StreamPiece InTurn(StreamPiece piece)
    {
        const int slotsOfTurn = 1 << 16;
        return piece with { Slot = piece.Slot + (_turns * slotsOfTurn) };
    }

    private static bool IsShownAsRecorded(Message? answer) => answer?.Parts is [{ Kind: ContentPartKind.Json }];

    private ChoiceBuilder ChoiceOf(int index) =>
        _choices.TryGetValue(index, out var choice) ? choice : _choices[index] = new ChoiceBuilder(index, AudioType);

    /// <summary>Returns the media type of the sound of answers, as the session or the request sets it.</summary>
    private string? AudioType() =>
        _audioType ??= IsSession
            ? RawAudio.UsualType
            : ApiFamilies.Default.FindAudioType(_interaction.Request.Body.Json, FrameDirection.Received);
}
