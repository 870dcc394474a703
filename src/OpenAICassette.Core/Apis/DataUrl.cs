using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Makes data URLs (RFC 2397) of pictures, sounds and files that a message has as base64.</summary>
internal static class DataUrl
{
    /// <summary>How pictures made of pixels begin in base64, by their media type.</summary>
    private static readonly (string Beginning, string MediaType)[] s_pictures =
    [
        ("iVBORw0KGgo", "image/png"),
        ("/9j/", "image/jpeg"),
        ("R0lGOD", "image/gif"),
        ("UklGR", "image/webp"),
    ];

    private static readonly SearchValues<byte> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"u8
    );

    /// <summary>Returns the URL. What may be megabytes is copied once.</summary>
    /// <param name="mediaType">The media type.</param>
    /// <param name="data">The base64.</param>
    public static string Of(string mediaType, JsonValue data)
    {
        var begin = Begin(mediaType);
        return data.Kind == JsonValueKind.String && Raw(data).IndexOfAnyExcept(s_plain) < 0
            ? string.Create(begin.Length + data.Length - 2, (begin, data), static (url, from) =>
            {
                from.begin.CopyTo(url);
                Encoding.ASCII.GetChars(Raw(from.data), url[from.begin.Length..]);
            })
            : string.Concat(begin, data.ToString());
    }

    /// <summary>Returns the URL.</summary>
    /// <param name="mediaType">The media type.</param>
    /// <param name="base64">The base64.</param>
    public static string Of(string mediaType, ReadOnlySpan<char> base64) => string.Concat(Begin(mediaType), base64);

    /// <summary>Returns the media type of a picture from how it begins; null for anything else.</summary>
    /// <param name="base64">The base64.</param>
    public static string? PictureTypeOf(ReadOnlySpan<char> base64)
    {
        foreach (var (beginning, mediaType) in s_pictures)
        {
            if (base64.StartsWith(beginning))
            {
                return mediaType;
            }
        }

        return null;
    }

    private static string Begin(string mediaType) => $"data:{mediaType};base64,";

    private static ReadOnlySpan<byte> Raw(JsonValue text) => text.Tree.Bytes(text.Row)[1..^1];
}
