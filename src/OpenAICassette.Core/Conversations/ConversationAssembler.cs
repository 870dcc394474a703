using OpenAICassette.Json;
using OpenAICassette.Streams;

namespace OpenAICassette.Conversations;

/// <summary>Assembles the conversation of an interaction from its request and as much of its response as it is given.</summary>
public sealed class ConversationAssembler
{
    private readonly Interaction _interaction;
    private readonly SortedDictionary<int, ChoiceBuilder> _choices = [];
    private string? _model;
    private Usage? _usage;
    private RecordedError? _error;

    /// <summary>Begins with the request alone.</summary>
    /// <param name="interaction">The interaction.</param>
    public ConversationAssembler(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        _interaction = interaction;
    }

    /// <summary>The whole conversation of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public static Conversation Assemble(Interaction interaction)
    {
        var assembler = new ConversationAssembler(interaction);
        var response = interaction.Response;
        foreach (var data in response.Data)
        {
            assembler.Add(ChunkReader.Read(data));
        }

        return assembler.Build(response.Error);
    }

    /// <summary>The start of what a cassette's interactions answered, on one line.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public static string Said(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return cassette.Interactions.Count == 0 ? string.Empty : Assemble(cassette.Interactions[0]).Said();
    }

    /// <summary>Adds the pieces of a chunk, or of a response that is no stream.</summary>
    /// <param name="pieces">The pieces of one chunk, in order.</param>
    public void Add(IReadOnlyList<StreamPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            switch (piece.Kind)
            {
                case StreamPieceKind.Model:
                    _model = piece.Value.Text;
                    break;
                case StreamPieceKind.Usage:
                    _usage = Usage.Read(piece.Value, _usage);
                    break;
                case StreamPieceKind.Error:
                    _error = ErrorOf(piece.Value);
                    break;
                default:
                    ChoiceOf(piece.Choice).Add(piece, followsId: i > 0 && pieces[i - 1].Kind == StreamPieceKind.ToolCallId);
                    break;
            }
        }
    }

    /// <summary>The conversation so far.</summary>
    /// <param name="error">The error that the call ended in, where it did.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public Conversation Build(RecordedError? error = null)
    {
        error ??= _error;
        var choices = _choices.Values.Select(choice => choice.Build()).ToList();
        if (choices.Count == 0 && error is null && OtherAnswer.Read(_interaction) is { } answer)
        {
            choices.Add(new Choice(0, answer, null));
        }

        return new Conversation(_interaction)
        {
            Messages = RequestReader.Read(_interaction.Request),
            Choices = choices,
            Model = _model ?? OtherAnswer.Model(_interaction) ?? (string.IsNullOrEmpty(_interaction.Model) ? null : _interaction.Model),
            Usage = _usage ?? OtherAnswer.Usage(_interaction),
            Error = error,
        };
    }

    private static RecordedError ErrorOf(JsonValue error) => new()
    {
        Type = error["type"].Text ?? error["code"].Text,
        Message = error["message"].Text ?? error.ToString(),
        Body = error,
    };

    private ChoiceBuilder ChoiceOf(int index)
        => _choices.TryGetValue(index, out var choice) ? choice : _choices[index] = new ChoiceBuilder(index);
}
