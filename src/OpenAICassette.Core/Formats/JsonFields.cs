using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Formats;

/// <summary>Reads what many JSON formats write in the same way.</summary>
internal static class JsonFields
{
    /// <summary>Reads header fields from an object; an array holds the values of fields with one name.</summary>
    public static HeaderList Headers(JsonValue headers) =>
        new(
            headers.Members.SelectMany(header =>
                header.Value.Kind == JsonValueKind.Array
                    ? header.Value.Elements.Select(value => new HeaderField(header.Key, value.ToString()))
                    : [new HeaderField(header.Key, header.Value.ToString())]
            )
        );

    /// <summary>Reads a status; 0 for what is not one (RFC 9110, section 15).</summary>
    public static int Status(JsonValue status) =>
        status.WholeNumber is { } number and >= 100 and <= 999 ? (int)number : 0;

    /// <summary>Reads a time; one without an offset is in UTC. Null for what is not a time.</summary>
    public static DateTimeOffset? Time(JsonValue time) =>
        DateTimeOffset.TryParse(time.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : null;

    /// <summary>Reads a body that is JSON in place, or text.</summary>
    public static Body TextOrJson(JsonValue body, HeaderList headers)
    {
        var type = headers["content-type"];
        if (body.Text is { } text)
        {
            return Body.FromRecorded(Encoding.UTF8.GetBytes(text), type, headers["content-encoding"]);
        }

        return body.HasValue ? Body.FromJson(body, type) : Body.Empty;
    }

    /// <summary>Returns the error for a file whose shape is not the format's.</summary>
    public static CassetteException WrongShape(string where, string what) =>
        new(CassetteError.CassetteFormatUnknown, where, what);
}
