using System.Globalization;
using System.Text;
using System.Text.Unicode;

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
            return Named(draft, member, lines is null ? Whole("null") : Stream(lines), RecordingText.Failure(error));
        }

        if (LinesOf(draft) is { } events)
        {
            return Named(draft, member, Stream(events));
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"\"status\":{draft.Status},");
        if (draft.ResponseBody.Json.Exists && member?.BodyEncoding is null)
        {
            return Named(draft, member, status + Whole(RecordingText.Json(draft.ResponseBody.Json)));
        }

        var isText = Utf8.IsValid(draft.ResponseBody.Bytes.Span);
        var text = isText
            ? Encoding.UTF8.GetString(draft.ResponseBody.Bytes.Span)
            : Convert.ToBase64String(scrub(draft.ResponseBody.Bytes));
        var encoded = (member ?? new CassetteMember()) with { BodyEncoding = isText ? "text" : "base64" };
        return Named(draft, encoded, status + Whole(RecordingText.Quoted(text)));
    }

    private static Cassette Named(ExchangeDraft draft, CassetteMember? member, string response, string failure = "") =>
        RecordingName.Name(RecordingText.Write(draft.TestId, RequestOf(draft), response + failure, member));

    /// <summary>
    /// The members of the request. The recorder stores the headers of a model lookup as they are; here none are
    /// written, as they may hold keys.
    /// </summary>
    private static string RequestOf(ExchangeDraft draft)
    {
        var target =
            $"\"test_id\":{RecordingText.Quoted(draft.TestId)},\"url\":{RecordingText.Quoted(draft.Url)},"
            + $"\"method\":{RecordingText.Quoted(draft.Method)}";
        if (draft.Failure is null && ModelLookup.Is(draft.Method, draft.Url, draft.Status, draft.ResponseBody.Json))
        {
            return $"{target},\"endpoint\":\"{ModelLookup.Endpoint}\",\"headers\":{{}}";
        }

        return $"{target},\"payload\":{(draft.RequestBody.Json.Exists ? RecordingText.Json(draft.RequestBody.Json) : "{}")}";
    }

    /// <summary>The lines of server-sent events; null for another response.</summary>
    private static IEnumerable<string>? LinesOf(ExchangeDraft draft) =>
        draft.IsEventStream && draft.Events.Count > 0
            ? draft.Events.SelectMany(received => received.Lines.Append(string.Empty))
            : null;

    private static string Stream(IEnumerable<string> lines) =>
        $"\"body\":[{string.Join(',', lines.Select(RecordingText.Quoted))}],\"is_streaming\":true";

    private static string Whole(string json) => $"\"body\":{json},\"is_streaming\":false";
}
