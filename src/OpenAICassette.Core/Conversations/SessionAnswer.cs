using OpenAICassette.Apis;

namespace OpenAICassette.Conversations;

/// <summary>Puts together one answer of a WebSocket session.</summary>
/// <param name="at">When it began; null if that was not recorded.</param>
/// <param name="index">Its place among the answers.</param>
/// <param name="audioType">The media type of its sound; null if it is not known.</param>
internal sealed class SessionAnswer(TimeSpan? at, int index, string? audioType)
{
    private readonly ChoiceBuilder _choice = new(index, () => audioType);
    private Usage? _usage;
    private RecordedError? _failure;
    private int _events;

    /// <summary>Returns whether a piece is of an answer, and not of the session.</summary>
    public static bool Says(StreamPiece piece) =>
        piece.Kind is not (StreamPieceKind.Model or StreamPieceKind.Usage or StreamPieceKind.Error);

    /// <summary>Adds the pieces of a message.</summary>
    public void Add(IReadOnlyList<StreamPiece> pieces)
    {
        _events++;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (Says(pieces[i]))
            {
                _choice.Add(pieces[i], followsId: i > 0 && pieces[i - 1].Kind == StreamPieceKind.ToolCallId);
            }
            else if (pieces[i].Kind == StreamPieceKind.Usage)
            {
                _usage = Usage.Read(pieces[i].Value, _usage);
            }
            else if (pieces[i].Kind == StreamPieceKind.Error)
            {
                _failure = ErrorReader.ReadEvent(pieces[i].Value);
            }
        }
    }

    /// <summary>Returns the answer.</summary>
    public SessionEntry Build()
    {
        var choice = _choice.Build(ApiFamilies.Default.NoArguments);
        return new SessionEntry
        {
            At = at,
            Events = _events,
            Message = choice.Message,
            Choice = choice,
            Usage = _usage,
            Failure = _failure,
        };
    }
}
