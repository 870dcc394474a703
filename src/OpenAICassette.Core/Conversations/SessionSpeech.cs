using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Conversations;

/// <summary>Puts together what the user spoke: its sound, and the words that the service understood.</summary>
/// <param name="at">When it began; null if that was not recorded.</param>
internal sealed class SessionSpeech(TimeSpan? at)
{
    private readonly AudioBuilder _sound = new();
    private readonly StringBuilder _words = new();
    private int _events;

    /// <summary>Gets or sets the id of the message that it is; null if it is not known.</summary>
    public string? Item { get; set; }

    /// <summary>Adds some of the sound.</summary>
    public void Add(string? base64, string? mediaType)
    {
        _sound.Add(base64, mediaType);
        _events++;
    }

    /// <summary>Adds words.</summary>
    public void Add(SpeechEvent heard)
    {
        _words.Length = heard.IsWhole ? 0 : _words.Length;
        _words.Append(heard.Value.Text);
    }

    /// <summary>Returns it as a message: the sound with its words, or the words alone.</summary>
    public SessionEntry Build()
    {
        var words = _words.Length > 0 ? _words.ToString() : null;
        var sound = _sound.Parts.Select(part => part with { Spoken = words }).ToList();
        var text = sound.Count == 0 && words is not null ? new ContentPart(ContentPartKind.Text, words) : null;
        return new SessionEntry
        {
            At = at,
            Events = Math.Max(_events, 1),
            Message = new Message { Role = "user", Parts = text is null ? sound : [text] },
        };
    }
}
