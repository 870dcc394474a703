using System.Globalization;
using System.Text;
using System.Text.Unicode;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Writes an exchange as the recorder writes raw HTTP. This shape holds whatever can be answered.</summary>
internal static class HttpRecording
{
    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="member">What the recorder's own members have no place for; null for nothing.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text, before they are encoded.</param>
    /// <returns>The recording in memory, named by its key.</returns>
    public static Cassette Write(ExchangeDraft draft, CassetteMember? member, Func<ReadOnlyMemory<byte>, byte[]> scrub)
    {
        if (draft.Failure is { } failure)
        {
            var error = new RecordedError
            {
                Category = "unknown",
                Type = "APIConnectionError",
                Message = failure,
            };
            var lines = LinesOf(draft);
            return Named(draft, member, output =>
            {
                WriteBody(output, lines);
                output.Append(RecordingText.Failure(error));
            });
        }

        if (LinesOf(draft) is { } events)
        {
            return Named(draft, member, output => WriteBody(output, events));
        }

        if (draft.ResponseBody.Json.Exists && member?.BodyEncoding is null)
        {
            return Named(draft, member, output =>
                WriteBody(output, draft.Status, () => RecordingText.Copy(output, draft.ResponseBody.Json))
            );
        }

        var isText = Utf8.IsValid(draft.ResponseBody.Bytes.Span);
        var text = isText
            ? Encoding.UTF8.GetString(draft.ResponseBody.Bytes.Span)
            : Convert.ToBase64String(scrub(draft.ResponseBody.Bytes));
        var encoded = (member ?? new CassetteMember()) with { BodyEncoding = isText ? "text" : "base64" };
        return Named(draft, encoded, output =>
            WriteBody(output, draft.Status, () => RecordingText.Quote(output, text))
        );
    }

    private static Cassette Named(ExchangeDraft draft, CassetteMember? member, Action<ByteBuilder> response)
    {
        var length = draft.RequestBody.Bytes.Length + (draft.ResponseBody.Bytes.Length * 5 / 4);
        return RecordingName.Name(
            RecordingText.Write(draft.TestId, length, output => WriteRequest(output, draft), response, member)
        );
    }

    /// <summary>
    /// Writes the members of the request. The recorder stores the headers of a model lookup; here none are written,
    /// because they may contain keys.
    /// </summary>
    public static void WriteRequest(ByteBuilder output, ExchangeDraft draft)
    {
        output.Append("\"test_id\":"u8);
        RecordingText.Quote(output, draft.TestId);
        output.Append(",\"url\":"u8);
        RecordingText.Quote(output, draft.Url);
        output.Append(",\"method\":"u8);
        RecordingText.Quote(output, draft.Method);
        if (draft.Failure is null && ModelLookup.Is(draft.Method, draft.Url, draft.Status, draft.ResponseBody.Json))
        {
            output.Append($",\"endpoint\":\"{ModelLookup.Endpoint}\",\"headers\":{{}}");
            return;
        }

        output.Append(",\"payload\":"u8);
        RecordingText.CopyOrEmpty(output, draft.RequestBody.Json);
    }

    /// <summary>Writes the lines of a stream; null for a response without lines.</summary>
    private static void WriteBody(ByteBuilder output, IEnumerable<string>? lines)
    {
        if (lines is null)
        {
            output.Append("\"body\":null,\"is_streaming\":false"u8);
            return;
        }

        var isFirst = true;
        output.Append("\"body\":["u8);
        foreach (var line in lines)
        {
            output.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            RecordingText.Quote(output, line);
        }

        output.Append("],\"is_streaming\":true"u8);
    }

    private static void WriteBody(ByteBuilder output, int status, Action body)
    {
        output.Append(string.Create(CultureInfo.InvariantCulture, $"\"status\":{status},\"body\":"));
        body();
        output.Append(",\"is_streaming\":false"u8);
    }

    /// <summary>Returns the lines of server-sent events; null for another response.</summary>
    private static IEnumerable<string>? LinesOf(ExchangeDraft draft) =>
        draft.IsEventStream && draft.Events.Count > 0
            ? draft.Events.SelectMany(received => received.Lines.Append(string.Empty))
            : null;
}
