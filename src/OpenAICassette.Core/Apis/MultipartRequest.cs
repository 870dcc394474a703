using OpenAICassette.Apis.Audio;
using OpenAICassette.Text;

namespace OpenAICassette.Apis;

/// <summary>
/// Reads a request with files: sound to transcribe, images to change. Its other fields are parameters.
/// </summary>
internal static class MultipartRequest
{
    private static readonly string[] s_inputs = ApiFamilies.Names(words => words.Inputs);

    /// <summary>Returns the files and the text as one message; none for a request of another kind.</summary>
    public static IReadOnlyList<Message> Read(Body body)
    {
        var parts = body.Parts.Select(ContentOf).OfType<ContentPart>().ToList();
        return parts.Count == 0 ? [] : [new Message { Role = "user", Parts = parts }];
    }

    /// <summary>Returns the other fields.</summary>
    public static IEnumerable<RequestParameter> Parameters(Body body) =>
        from part in body.Parts
        let name = part.Name
        where part.FileName is null && name is not null && !s_inputs.Contains(name)
        let value = JsonValue.ParseOrUndefined(AsciiString.Quote(part.Body.ToString()))
        select new RequestParameter(name, value.ToCompactJson());

    private static ContentPart? ContentOf(BodyPart part)
    {
        if (part.FileName is null)
        {
            return s_inputs.Contains(part.Name) ? new ContentPart(ContentPartKind.Text, part.Body.ToString()) : null;
        }

        var type = part.Body.MediaType ?? string.Empty;
        var bytes = part.Body.Bytes.ToArray();
        return AudioClip.Of(bytes, type) is not null ? AudioClip.PartOf(bytes, type.Length > 0 ? type : "audio/*")
            : type.StartsWith("image/", StringComparison.Ordinal)
                ? new ContentPart(ContentPartKind.Image, DataUrl.Of(type, Convert.ToBase64String(bytes)))
            : new ContentPart(ContentPartKind.File, part.FileName);
    }
}
