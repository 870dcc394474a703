using System.Text;
using System.Text.Unicode;
using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette.Server;

/// <summary>Makes of an answered request the recording that the recorder makes of raw HTTP. It holds whatever can be answered.</summary>
internal static class HttpRecording
{
    /// <summary>The recording.</summary>
    /// <param name="answer">The request and what came of it.</param>
    /// <param name="details">What the format has no place for.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are no text.</param>
    public static Cassette Of(AnsweredRequest answer, InteractionDetails details, Func<ReadOnlyMemory<byte>, byte[]> scrub)
    {
        var events = answer.IsEventStream ? answer.Events : [];
        var isCut = answer.Failure is not null;
        var draft = new HttpRecordingDraft
        {
            Method = answer.Request.Method,
            Url = answer.Url,
            Payload = answer.Request.Body,
            TestId = answer.Request.TestId,
            Status = isCut ? null : answer.Status,
            Error = isCut ? new RecordedError { Category = "unknown", Type = "APIConnectionError", Message = answer.Failure! } : null,
            Details = details,
            IsModelLookup = !isCut && ModelLookup.Is(answer.Request.Method, answer.Url, answer.Status, answer.Json),
        };
        if (events.Count > 0)
        {
            return (draft with { Lines = [.. events.SelectMany(received => received.Lines.Append(string.Empty))] }).ToCassette();
        }

        if (isCut || (answer.Json.Exists && details.BodyEncoding is null))
        {
            return (draft with { Body = isCut ? null : RecordingText.Json(answer.Json) }).ToCassette();
        }

        var isText = Utf8.IsValid(answer.Body.Bytes.Span);
        var text = isText ? Encoding.UTF8.GetString(answer.Body.Bytes.Span) : Convert.ToBase64String(scrub(answer.Body.Bytes));
        return (draft with
        {
            Body = RecordingText.Quoted(text),
            Details = details with { BodyEncoding = isText ? "text" : "base64" },
        }).ToCassette();
    }
}
