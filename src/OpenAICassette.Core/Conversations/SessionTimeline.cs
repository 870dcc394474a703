using OpenAICassette.Apis;
using OpenAICassette.Apis.Audio;

namespace OpenAICassette.Conversations;

/// <summary>
/// Tells a WebSocket session in the order of its messages: what the client sent, what the user spoke, each answer
/// where it began. Fragments become one entry.
/// </summary>
internal sealed class SessionTimeline
{
    private readonly List<Func<SessionEntry>> _entries = [];
    private readonly Dictionary<string, SessionAnswer> _answers = [];
    private readonly string[] _audioTypes = [RawAudio.UsualType, RawAudio.UsualType];
    private SessionAnswer? _open;
    private SessionSpeech? _speaking;
    private readonly List<SessionSpeech> _spoken = [];

    private SessionTimeline() { }

    /// <summary>Returns what was said, in order.</summary>
    /// <param name="frames">The messages of both sides.</param>
    public static IReadOnlyList<SessionEntry> Of(IReadOnlyList<Frame> frames)
    {
        var timeline = new SessionTimeline();
        foreach (var frame in frames.Where(frame => frame.Json.Exists))
        {
            timeline.Add(frame);
        }

        timeline.EndSpeech(null);
        return [.. timeline._entries.Select(build => build())];
    }

    /// <summary>Returns the settings that the session had in the end; undefined if it tells none.</summary>
    public static JsonValue SettingsOf(IReadOnlyList<Frame> frames) =>
        frames
            .Select(frame => First(family => family.FindSettings(frame.Json), settings => settings.Exists))
            .LastOrDefault(settings => settings.Exists);

    private void Add(Frame frame)
    {
        var data = frame.Json;
        foreach (var side in new[] { FrameDirection.Received, FrameDirection.Sent })
        {
            var type = First(family => family.FindAudioType(data, side), found => found is not null);
            _audioTypes[(int)side] = type ?? _audioTypes[(int)side];
        }

        var speech = First(family => family.ReadSpeech(data), read => read.Kind != SpeechEventKind.None);
        if (speech.Kind != SpeechEventKind.None)
        {
            Add(speech, frame.At);
        }
        else if (frame.Direction == FrameDirection.Sent)
        {
            foreach (var message in First(family => family.ReadSent(data), read => read is not null) ?? [])
            {
                _entries.Add(() => new SessionEntry { At = frame.At, Message = message });
            }
        }

        if (frame.Direction == FrameDirection.Received)
        {
            AddAnswer(frame);
        }
    }

    private void Add(SpeechEvent speech, TimeSpan? at)
    {
        switch (speech.Kind)
        {
            case SpeechEventKind.Fragment:
                _speaking ??= new SessionSpeech(at);
                _speaking.Add(speech.Value.Text, speech.MediaType ?? _audioTypes[(int)FrameDirection.Sent]);
                break;
            case SpeechEventKind.Discarded:
                _speaking = null;
                break;
            case SpeechEventKind.Ended:
                EndSpeech(speech.Item);
                break;
            default:
                SpeechOf(speech.Item, at).Add(speech);
                break;
        }
    }

    /// <summary>Places the sound that has come since the last message of the user.</summary>
    private void EndSpeech(string? item)
    {
        if (_speaking is { } ended)
        {
            Place(ended);
            _speaking = null;
        }

        // The service confirms with the id what the client has ended.
        if (item is not null && _spoken.Count > 0)
        {
            _spoken[^1].Item ??= item;
        }
    }

    private void Place(SessionSpeech speech)
    {
        _spoken.Add(speech);
        _entries.Add(speech.Build);
    }

    /// <summary>
    /// Returns the speech that words belong to. A service without ids tells the words of the last one.
    /// </summary>
    private SessionSpeech SpeechOf(string? item, TimeSpan? at)
    {
        var speech = item is null ? _speaking ?? _spoken.LastOrDefault() : _spoken.Find(each => each.Item == item);
        if (speech is null)
        {
            speech = new SessionSpeech(at) { Item = item };
            Place(speech);
        }

        return speech;
    }

    private void AddAnswer(Frame frame)
    {
        var pieces = ChunkReader.Read(frame.Json);
        var family = ApiFamilies.Of(frame.Json, out _) ?? ApiFamilies.Default;
        var id = family.FindAnswerId(frame.Json);
        if (
            id is null
            && pieces.FirstOrDefault(piece => piece.Kind == StreamPieceKind.Error).Value is { Exists: true } error
        )
        {
            var part = new ContentPart(ContentPartKind.Text, ErrorReader.ReadEvent(error).ToString());
            var message = new Message { Role = SessionEntry.ErrorRole, Parts = [part] };
            _entries.Add(() => new SessionEntry { At = frame.At, Message = message });
            return;
        }

        var answer = id is null ? _open : _answers.GetValueOrDefault(id);
        if (answer is null && pieces.Any(SessionAnswer.Says))
        {
            if (id is null)
            {
                // A service without ids does not say either where the user ended.
                EndSpeech(null);
            }

            answer = new SessionAnswer(frame.At, _answers.Count, _audioTypes[(int)FrameDirection.Received]);
            _entries.Add(answer.Build);
            _answers[id ?? $"#{_answers.Count}"] = answer;
        }

        answer?.Add(pieces);
        _open = id is not null || family.EndsTurn(frame.Json) ? null : answer;
    }

    private static T? First<T>(Func<IApiFamily, T?> read, Predicate<T?> isFound)
    {
        foreach (var family in ApiFamilies.All)
        {
            if (read(family) is var found && isFound(found))
            {
                return found;
            }
        }

        return default;
    }
}
