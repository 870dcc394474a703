using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Makes data URLs (RFC 2397) of pictures, sounds and files that a message has as base64.</summary>
internal static class DataUrl
{
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

    private static string Begin(string mediaType) => $"data:{mediaType};base64,";

    private static ReadOnlySpan<byte> Raw(JsonValue text) => text.Tree.Bytes(text.Row)[1..^1];
}
