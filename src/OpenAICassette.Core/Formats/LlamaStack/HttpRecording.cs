using System.Globalization;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Writes an exchange as the recorder writes raw HTTP. This shape holds whatever can be answered.</summary>
internal static class HttpRecording
{
    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="payload">Its request body if that is not JSON; null for JSON.</param>
    /// <param name="member">What the recorder's own members have no place for; null for nothing.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text before they are encoded, and out of JSON.</param>
    /// <param name="save">Takes the content of each sidecar; null to keep large bodies in the recording.</param>
    /// <returns>The recording in memory, named by its key.</returns>
    public static Cassette Write(
        ExchangeDraft draft,
        RequestPayload? payload,
        CassetteMember? member,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    )
    {
        if (ErrorOf(draft) is { } error)
        {
            var lines = LinesOf(draft);
            return Named(draft, payload, member, output =>
            {
                WriteBody(output, lines);
                output.Append(RecordingText.Failure(error));
            });
        }

        if (LinesOf(draft) is { } events)
        {
            return Named(draft, payload, member, output => WriteBody(output, events));
        }

        return draft.ResponseBody.Json.Exists
            ? Named(draft, payload, member, output =>
                WriteBody(output, draft.Status, () => RecordingText.Copy(output, draft.ResponseBody.Json))
            )
            : WriteEncoded(draft, payload, member, scrub, save);
    }

    /// <summary>
    /// Writes an exchange with the bytes of its response in a string: as a text, or in base64 if they are not one.
    /// </summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="payload">Its request body if that is not JSON; null for JSON.</param>
    /// <param name="member">What the recorder's own members have no place for; null for nothing.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text before they are encoded, and out of JSON.</param>
    /// <param name="save">Takes the content of each sidecar; null to keep large bodies in the recording.</param>
    public static Cassette WriteEncoded(
        ExchangeDraft draft,
        RequestPayload? payload,
        CassetteMember? member,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    )
    {
        var isStream = draft.ResponseFile is null && StreamFraming.Read(draft) is not null;
        var frames = isStream ? StreamText.Read(draft.ResponseBody) : [];
        var content = draft.ResponseFile is { } file
            ? new PayloadContent(null, null, file.Sidecar)
            : PayloadContent.Of(draft.ResponseBody.Bytes, scrub, frames.Count > 0 ? null : save);
        var encoded = (member ?? new CassetteMember()) with
        {
            BodyEncoding = content.Name,
            Layout = null,
            FrameOffsets = [.. frames.Select(frame => draft.ArrivalOf(frame.End).TotalMilliseconds)],
        };
        return Named(draft, payload, encoded, output =>
        {
            WriteBody(output, draft.Status, () => WriteContent(output, content), isStream);
            output.Append(RecordingText.Failure(ErrorOf(draft)));
        });
    }

    private static void WriteContent(ByteBuilder output, PayloadContent content)
    {
        var isFile = content.File is not null;
        output.Append(isFile ? "{"u8 : ""u8);
        content.Write(output, isFile ? content.Name : null);
        output.Append(isFile ? "}"u8 : ""u8);
    }

    private static Cassette Named(
        ExchangeDraft draft,
        RequestPayload? payload,
        CassetteMember? member,
        Action<ByteBuilder> response
    )
    {
        var length = (payload?.Json ?? draft.RequestBody.Bytes).Length + (draft.ResponseBody.Bytes.Length * 5 / 4);
        return RecordingName.Name(
            RecordingText.Write(draft.TestId, length, output => WriteRequest(output, draft, payload), response, member)
        );
    }

    /// <summary>
    /// Writes the members of the request. The recorder stores the headers of a model lookup; here none are written,
    /// because they may contain keys.
    /// </summary>
    public static void WriteRequest(ByteBuilder output, ExchangeDraft draft, RequestPayload? payload = null)
    {
        output.Append("\"test_id\":"u8);
        RecordingText.Quote(output, draft.TestId);
        output.Append(",\"url\":"u8);
        RecordingText.Quote(output, draft.Url);
        output.Append(",\"method\":"u8);
        RecordingText.Quote(output, draft.Method);
        if (
            payload is null
            && draft.Failure is null
            && ModelLookup.Is(draft.Method, draft.Url, draft.Status, draft.ResponseBody.Json)
        )
        {
            output.Append($",\"endpoint\":\"{ModelLookup.Endpoint}\",\"headers\":{{}}");
            return;
        }

        output.Append(",\"payload\":"u8);
        if (payload is not null)
        {
            output.Append(payload.Json.Span);
            return;
        }

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

    private static void WriteBody(ByteBuilder output, int status, Action body, bool isStreaming = false)
    {
        output.Append(string.Create(CultureInfo.InvariantCulture, $"\"status\":{status},\"body\":"));
        body();
        output.Append(isStreaming ? ",\"is_streaming\":true"u8 : ",\"is_streaming\":false"u8);
    }

    private static RecordedError? ErrorOf(ExchangeDraft draft) =>
        draft.Failure is not { } failure
            ? null
            : new RecordedError
            {
                Category = "unknown",
                Type = "APIConnectionError",
                Message = failure,
            };

    /// <summary>Returns the lines of server-sent events; null for another response.</summary>
    private static IEnumerable<string>? LinesOf(ExchangeDraft draft) =>
        draft.IsEventStream && draft.Events.Count > 0
            ? draft.Events.SelectMany(received => received.Lines.Append(string.Empty))
            : null;
}
