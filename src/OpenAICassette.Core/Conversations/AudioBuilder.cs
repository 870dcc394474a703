using System.Text;
using System.Text.Json;

namespace OpenAICassette.Conversations;

/// <summary>Puts a chat completion's spoken answer together, whose sound and words are streamed in fragments.</summary>
internal sealed class AudioBuilder
{
    private readonly StringBuilder _data = new();
    private readonly StringBuilder _spoken = new();
    private bool _isEmpty = true;

    /// <summary>Gets the answer's sound; none if nothing was spoken.</summary>
    public IEnumerable<ContentPart> Parts =>
        _isEmpty
            ? []
            :
            [
                new ContentPart(ContentPartKind.Audio, $"data:audio/*;base64,{_data}")
                {
                    Spoken = _spoken.Length > 0 ? _spoken.ToString() : null,
                },
            ];

    /// <summary>Returns whether it is a fragment of a spoken answer.</summary>
    public static bool IsAudio(JsonValue part) =>
        part.Kind == JsonValueKind.Object && !part["type"].Exists && (part["data"].Exists || part["transcript"].Exists);

    /// <summary>Adds a fragment.</summary>
    /// <param name="part">The part.</param>
    /// <returns>False for a part that is something else.</returns>
    public bool TryAdd(JsonValue part)
    {
        var isAudio = IsAudio(part);
        if (isAudio)
        {
            _data.Append(part["data"].Text);
            _spoken.Append(part["transcript"].Text);
            _isEmpty = false;
        }

        return isAudio;
    }
}
