using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Puts the JSON text of a recording together.</summary>
internal static class RecordingText
{
    /// <summary>A recording from its parts, laid out as the recorder does.</summary>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="request">The members of the request, as JSON.</param>
    /// <param name="response">The members of the response, as JSON.</param>
    /// <param name="member">What the format has no place for; null for nothing.</param>
    public static byte[] Write(string? testId, string request, string response, CassetteMember? member)
    {
        var more = member is null ? string.Empty : $",\"{CassetteMember.Name}\":{CassetteMember.Write(member)}";
        string[] parts =
        [
            "{\"test_id\":",
            Quoted(testId),
            ",\"request\":{",
            request,
            "},\"response\":{",
            response,
            "},\"id_normalization_mapping\":{}",
            more,
            "}",
        ];
        var document = Utf8(parts);
        return RecordingWriter.Write(JsonTree.Parse(document, 0, document.Length).Root);
    }

    /// <summary>The bytes of texts one after the other; the texts may be long, so they are not joined first.</summary>
    private static byte[] Utf8(string[] parts)
    {
        var bytes = new byte[parts.Sum(Encoding.UTF8.GetByteCount)];
        var end = 0;
        foreach (var part in parts)
        {
            end += Encoding.UTF8.GetBytes(part, bytes.AsSpan(end));
        }

        return bytes;
    }

    /// <summary>The members that tell of a failed call; nothing for one that succeeded.</summary>
    public static string Failure(RecordedError? error)
    {
        if (error is null)
        {
            return string.Empty;
        }

        var data = new StringBuilder("{\"category\":").Append(Quoted(error.Category ?? "unknown"));
        data.Append(error.Provider is { } provider ? ",\"provider\":" + Quoted(provider) : string.Empty);
        data.Append(",\"type\":").Append(Quoted(error.Type)).Append(",\"message\":").Append(Quoted(error.Message));
        if (error.Provider is not null)
        {
            data.Append(",\"status_code\":").Append(error.Status is { } status ? status : "null");
            data.Append(",\"body\":").Append(error.Body.Exists ? Json(error.Body) : "null");
        }

        return $",\"is_exception\":true,\"exception_data\":{data}}},\"exception_message\":{Quoted(error.Message)}";
    }

    /// <summary>A value as it was written.</summary>
    public static string Json(JsonValue value) => Encoding.UTF8.GetString(value.Utf8.Span);

    /// <summary>A text as a JSON string; null for none.</summary>
    public static string Quoted(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        var quoted = new ByteBuilder(text.Length + 2);
        AsciiString.Write(quoted, text);
        return Encoding.ASCII.GetString(quoted.Span);
    }
}
