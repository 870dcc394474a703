using System.Text;
using System.Text.Unicode;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Writes the JSON text of a recording.</summary>
internal static class RecordingText
{
    /// <summary>Writes a recording from its parts, laid out as the recorder does.</summary>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="length">About how many bytes the parts have.</param>
    /// <param name="request">Writes the members of the request, as JSON.</param>
    /// <param name="response">Writes the members of the response, as JSON.</param>
    /// <param name="member">What the format has no place for; null for nothing.</param>
    public static byte[] Write(
        string? testId,
        int length,
        Action<ByteBuilder> request,
        Action<ByteBuilder> response,
        CassetteMember? member
    )
    {
        var document = new ByteBuilder(length + 1024);
        document.Append("{\"test_id\":"u8);
        Quote(document, testId);
        document.Append(",\"request\":{"u8);
        request(document);
        document.Append("},\"response\":{"u8);
        response(document);
        document.Append("},\"id_normalization_mapping\":{}"u8);
        if (member is not null)
        {
            document.Append($",\"{CassetteMember.Name}\":{CassetteMemberWriter.Write(member)}");
        }

        document.Append("}"u8);
        return RecordingWriter.Write(JsonTree.Parse(document.Memory, 0, document.Length).Root);
    }

    /// <summary>Returns the members of a failed call; none for a call that succeeded.</summary>
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

    /// <summary>Returns a value as it was written.</summary>
    public static string Json(JsonValue value) => Encoding.UTF8.GetString(value.Utf8.Span);

    /// <summary>Writes a value as it was written; bytes that are not UTF-8 become replacement characters.</summary>
    public static void Copy(ByteBuilder output, JsonValue value)
    {
        var json = value.Utf8.Span;
        if (Utf8.IsValid(json))
        {
            output.Append(json);
        }
        else
        {
            output.Append(Json(value));
        }
    }

    /// <summary>Writes a value, or an empty object in the place of none.</summary>
    public static void CopyOrEmpty(ByteBuilder output, JsonValue value)
    {
        if (value.Exists)
        {
            Copy(output, value);
        }
        else
        {
            output.Append("{}"u8);
        }
    }

    /// <summary>Writes a text as a JSON string, or null.</summary>
    public static void Quote(ByteBuilder output, string? text)
    {
        if (text is null)
        {
            output.Append("null"u8);
        }
        else
        {
            AsciiString.Write(output, text);
        }
    }

    /// <summary>Returns a text as a JSON string, or null.</summary>
    public static string Quoted(string? text) =>
        text is null ? "null" : Encoding.ASCII.GetString(AsciiString.Quote(text));
}
