using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Conversations;

/// <summary>Puts sound together whose bytes, in base64, and words come in fragments.</summary>
internal sealed class AudioBuilder
{
    private const string AnyType = "audio/*";

    private readonly List<string> _data = [];
    private readonly StringBuilder _spoken = new();
    private string? _mediaType;

    /// <summary>Gets whether nothing was added.</summary>
    public bool IsEmpty => _data.Count == 0 && _spoken.Length == 0;

    /// <summary>Gets the sound; none if there is nothing.</summary>
    public IEnumerable<ContentPart> Parts =>
        IsEmpty
            ? []
            : [new ContentPart(ContentPartKind.Audio, DataUrl.Of(_mediaType ?? AnyType, Joined())) { Spoken = Spoken }];

    private string? Spoken => _spoken.Length > 0 ? _spoken.ToString() : null;

    /// <summary>Returns whether it is a fragment of a spoken answer.</summary>
    public static bool IsAudio(JsonValue part) =>
        part.Kind == JsonValueKind.Object && !part["type"].Exists && (part["data"].Exists || part["transcript"].Exists);

    /// <summary>Adds a fragment of a spoken answer.</summary>
    /// <param name="part">The fragment, for which <see cref="IsAudio"/> is true.</param>
    /// <param name="mediaType">The media type of the sound if the part does not name it; null if it is not
    /// known.</param>
    public void Add(JsonValue part, string? mediaType)
    {
        Add(part["data"].Text, part["mimeType"].Text ?? mediaType);
        _spoken.Append(part["transcript"].Text);
    }

    /// <summary>Adds a fragment of the sound.</summary>
    /// <param name="base64">The bytes; null for none.</param>
    /// <param name="mediaType">The media type; null if it is not known.</param>
    public void Add(string? base64, string? mediaType)
    {
        if (!string.IsNullOrEmpty(base64))
        {
            _data.Add(base64);
            _mediaType ??= mediaType;
        }
    }

    /// <summary>Returns all fragments as one; each may end with padding of its own.</summary>
    private string Joined()
    {
        if (_data.SkipLast(1).All(fragment => fragment.Length % 4 == 0 && fragment[^1] != '='))
        {
            return string.Concat(_data);
        }

        try
        {
            return Convert.ToBase64String([.. _data.SelectMany(Convert.FromBase64String)]);
        }
        catch (FormatException)
        {
            // A recording that was cut or scrubbed: what is left is kept as it is.
            return string.Concat(_data);
        }
    }
}
