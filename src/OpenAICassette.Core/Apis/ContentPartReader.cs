using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Reads a content part under the names that the API families give it.</summary>
internal static class ContentPartReader
{
    /// <summary>Returns the part; what is unknown is kept as recorded, under the name it has there.</summary>
    public static ContentPart Read(JsonValue part)
    {
        if (part.Kind != JsonValueKind.Object)
        {
            return new ContentPart(ContentPartKind.Text, part.ToString());
        }

        if (part["text"].Text is { } text)
        {
            return new ContentPart(ContentPartKind.Text, text);
        }

        var media = FindMedia(part);
        return media.Value.Kind != JsonValueKind.String
            ? new ContentPart(ContentPartKind.Json, part.ToCompactJson(), TypeOf(part))
            : new ContentPart(
                media.Kind,
                media.MediaType is { } type ? DataUrl.Of(type, media.Value) : media.Value.ToString()
            );
    }

    /// <summary>
    /// Returns the value inside a part of a response that the content part shows: of an image its data, of what is
    /// unknown all of it.
    /// </summary>
    public static JsonValue Shown(JsonValue part) =>
        part.Kind == JsonValueKind.Object && FindMedia(part).Value is { Exists: true } source ? source : part;

    private static MediaSource FindMedia(JsonValue part)
    {
        var type = TypeOf(part);
        foreach (var family in ApiFamilies.All)
        {
            if (family.FindMedia(part, type) is { Value.Exists: true } media)
            {
                return media;
            }
        }

        return default;
    }

    /// <summary>Returns a part's type; one without has a member of its own among a few that many parts have.</summary>
    private static string? TypeOf(JsonValue part) =>
        part["type"].Text ?? part.Members.Select(member => member.Key).OrderBy(IsCommon).FirstOrDefault();

    private static bool IsCommon(string name) => name is "thought" or "thoughtSignature" or "thought_signature";
}
