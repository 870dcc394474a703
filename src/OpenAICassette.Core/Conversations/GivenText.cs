using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Conversations;

/// <summary>Collects text that comes piece by piece: the lines of an event stream, the messages of a list.</summary>
internal sealed class GivenText
{
    private readonly List<string> _pieces = [];
    private GivenKind _kind;
    private JsonValue _latest;

    /// <summary>Returns whether it is a text that can begin something: JSON, or an event stream.</summary>
    /// <param name="text">The text.</param>
    public static bool CanBegin(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = text.AsSpan().TrimStart();
        return start is ['{' or '[', ..] || ServerSentEvent.IsLine(start);
    }

    /// <summary>Gets whether nothing was added yet.</summary>
    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>Gets whether nothing can follow that belongs to the pieces so far.</summary>
    public bool IsWhole => _kind == GivenKind.Whole;

    /// <summary>
    /// Returns whether a piece belongs to those that came before it: a line to lines, a message to messages, a chunk to
    /// chunks.
    /// </summary>
    /// <param name="text">The piece.</param>
    public bool Continues(string text) =>
        _kind switch
        {
            GivenKind.Line => true,
            GivenKind.Whole => false,
            _ when GivenCassette.WholeChunks(_latest) is { } chunks => chunks.GoesOn(
                _latest,
                GivenCassette.Parsed(text)
            ),
            _ => _kind == KindOf(GivenCassette.Parsed(text)),
        };

    /// <summary>Adds a piece.</summary>
    /// <param name="text">The piece.</param>
    public void Add(string text)
    {
        if (IsEmpty || GivenCassette.WholeChunks(_latest) is not null)
        {
            _latest = GivenCassette.Parsed(text);
        }

        _kind = IsEmpty ? KindOf(_latest) : _kind;
        _pieces.Add(text);
    }

    /// <summary>Returns all pieces as one text, and begins anew.</summary>
    public string Take()
    {
        var text = _kind == GivenKind.Message ? $"[{string.Join(',', _pieces)}]" : string.Join('\n', _pieces);
        _pieces.Clear();
        _kind = GivenKind.Line;
        return text;
    }

    private static GivenKind KindOf(JsonValue value) =>
        !value.Exists ? GivenKind.Line
        : GivenCassette.IsChunk(value) || GivenCassette.WholeChunks(value)?.IsEnd(value) == false ? GivenKind.Chunk
        : RequestReader.IsMessage(value) ? GivenKind.Message
        : GivenKind.Whole;
}
