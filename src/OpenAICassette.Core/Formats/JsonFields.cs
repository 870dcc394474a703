using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Reads what many JSON formats write in the same way.</summary>
internal static class JsonFields
{
    /// <summary>The member that stands for bytes in base64 where YAML has its tag.</summary>
    private const string Binary = "!!binary";

    /// <summary>The longest time that is believed of an exchange.</summary>
    public static readonly TimeSpan LongestExchange = TimeSpan.FromDays(30);

    /// <summary>Reads header fields from an object; an array holds the values of fields with one name.</summary>
    public static HeaderList Headers(JsonValue headers) =>
        new(
            headers.Members.SelectMany(header =>
                header.Value.Kind == JsonValueKind.Array
                    ? header.Value.Elements.Select(value => new HeaderField(header.Key, Text(value)))
                    : [new HeaderField(header.Key, Text(header.Value))]
            )
        );

    /// <summary>Returns the text of a value: of a string or of bytes what they say, of others what is written.</summary>
    public static string Text(JsonValue value) =>
        Bytes(value) is { } bytes ? Encoding.UTF8.GetString(bytes) : value.ToString();

    /// <summary>Returns the bytes of a text, or those that YAML has in base64; null for another value.</summary>
    public static byte[]? Bytes(JsonValue value) =>
        value.Kind == JsonValueKind.String
            ? JsonText.DecodeUtf8(value.Utf8.Span[1..^1])
            : RecordedBytes.RequireBase64(value[Binary]);

    /// <summary>Reads a status; 0 for what is not one (RFC 9110, section 15).</summary>
    public static int Status(JsonValue status) =>
        status.WholeNumber is { } number and >= 100 and <= 999 ? (int)number : 0;

    /// <summary>
    /// Reads a time; one without an offset is in UTC. Null for what is not a time, and for the beginning of 1970, which
    /// stands for an unknown time where a format requires one.
    /// </summary>
    public static DateTimeOffset? Time(JsonValue time) =>
        DateTimeOffset.TryParse(time.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
        && value != DateTimeOffset.UnixEpoch
            ? value
            : null;

    /// <summary>Reads a whole number of milliseconds; null for what is not one.</summary>
    public static TimeSpan? Milliseconds(JsonValue value) =>
        value.WholeNumber is { } number
            ? TimeSpan.FromMilliseconds(Math.Clamp(number, 0, (long)LongestExchange.TotalMilliseconds))
            : null;

    /// <summary>Reads a body that is text, bytes or JSON in place.</summary>
    public static Body TextOrJson(JsonValue body, HeaderList headers)
    {
        var type = headers["content-type"];
        if (Bytes(body) is { } bytes)
        {
            return Body.FromRecorded(bytes, type, headers["content-encoding"]);
        }

        return body.HasValue ? Body.FromJson(body, type) : Body.Empty;
    }

    /// <summary>Returns the elements of the list that a file consists of.</summary>
    /// <param name="list">The list.</param>
    /// <param name="where">What to call the file in errors.</param>
    /// <param name="otherwise">What the error says if it is no list.</param>
    public static JsonElements List(JsonValue list, string where, string otherwise) =>
        list.Kind == JsonValueKind.Array ? list.Elements : throw WrongShape(where, otherwise);

    /// <summary>Returns the error for a file whose shape is not the format's.</summary>
    public static CassetteException WrongShape(string where, string what) =>
        new(CassetteError.CassetteFormatUnknown, where, what);
}
