namespace OpenAICassette.Matching;

/// <summary>
/// Represents a request whose list of messages grows from call to call. Its hashes and its sketch go on from those of
/// the call before, so that all calls of a session take as long as its log, and not its square.
/// </summary>
internal sealed class GrowingRequest
{
    private readonly string _list;
    private readonly MemberPatterns _ignored;
    private readonly MemberPatterns _inside;
    private readonly ValueHash _exact;
    private readonly ValueHash _loose;
    private UInt128 _exactList = ValueHash.EmptyList;
    private UInt128 _looseList = ValueHash.EmptyList;
    private RequestSketch _sketch = RequestSketch.Empty;
    private bool _hasPlaceholder;
    private int _count;

    /// <summary>Creates a request without messages.</summary>
    /// <param name="list">The name of its list of messages.</param>
    /// <param name="ignored">The ignored members.</param>
    public GrowingRequest(string list, MemberPatterns ignored)
        : this(list, ignored, ValueHash.Begin(null), ValueHash.Begin(ignored)) { }

    private GrowingRequest(string list, MemberPatterns ignored, ValueHash exact, ValueHash loose)
    {
        (_list, _ignored, _exact, _loose) = (list, ignored, exact, loose);
        _inside = ignored.Inside(list, out _);
    }

    /// <summary>Returns a copy, which grows by itself.</summary>
    public GrowingRequest Copy() =>
        new(_list, _ignored, _exact.Copy(), _loose.Copy())
        {
            _exactList = _exactList,
            _looseList = _looseList,
            _sketch = _sketch,
            _hasPlaceholder = _hasPlaceholder,
            _count = _count,
        };

    /// <summary>Adds a message.</summary>
    /// <param name="message">The JSON of the message, scrubbed.</param>
    public void Add(ReadOnlyMemory<byte> message)
    {
        var element = JsonValue.ParseOrUndefined(message);
        _exactList = _exact.Append(_exactList, element, _count, MemberPatterns.None);
        _looseList = _loose.Append(_looseList, element, _count, _inside);
        _sketch = _sketch.With(RequestSketch.OfElement(_list, element, _inside));
        _hasPlaceholder |= PlaceholderText.IsIn(message.Span);
        _count++;
    }

    /// <summary>Returns the entry of a call that sends these messages.</summary>
    /// <param name="interaction">The call.</param>
    /// <param name="settings">Its request without messages, scrubbed.</param>
    /// <param name="sketch">The sketch of those.</param>
    public MatchEntry EntryOf(Interaction interaction, ApiRequest settings, RequestSketch sketch)
    {
        // Ids and placeholders beside the messages are numbered after theirs, in this request only.
        var hasPlaceholder = PlaceholderText.IsIn(settings.Utf8.Span);
        var isNumbered = hasPlaceholder || settings.Utf8.Span.IndexOf("id\""u8) >= 0;
        var (exact, loose) = isNumbered ? (_exact.Copy(), _loose.Copy()) : (_exact, _loose);
        return new MatchEntry(
            interaction,
            settings,
            MatchEntry.Hashes(
                settings,
                exact.OfBody(settings.Members, MemberPatterns.None, _list, _exactList),
                loose.OfBody(settings.Members, _ignored, _list, _looseList)
            ),
            sketch.With(_sketch),
            hasPlaceholder || _hasPlaceholder
        );
    }
}
