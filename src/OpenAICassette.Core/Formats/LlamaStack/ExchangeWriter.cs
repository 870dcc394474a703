using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Writes exchanges as recordings: in the shape of an SDK call if a replay of that gives the client the bytes that it
/// saw, otherwise in the shape of raw HTTP, with the body as a text if nothing else holds its bytes.
/// </summary>
internal static class ExchangeWriter
{
    private const int LargeJson = 256 << 10;

    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="replays">Returns how well a replay of an interaction gives the client what it saw.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text before they are encoded, and out of JSON.</param>
    /// <param name="save">Takes the content of each sidecar; null to keep large bodies in the recording.</param>
    /// <returns>The recording in memory, named by its key.</returns>
    public static Cassette Write(
        ExchangeDraft draft,
        Func<Interaction, ReplayFidelity> replays,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Action<Sidecar, ReadOnlyMemory<byte>>? save
    )
    {
        var payload = draft.RequestBody is { IsEmpty: false, Json.Exists: false } body
            ? RequestPayload.Of(body, scrub, save)
            : null;
        var (layout, isRegular) = LayoutOf(draft);
        var member = MemberOf(draft, payload, layout);
        if (draft.Method == ExchangeDraft.WebSocketMethod)
        {
            return SessionRecording.Write(draft, member, scrub);
        }

        var isOpaque =
            draft.Failure is null
            && draft.Events.Count == 0
            && (!draft.ResponseBody.Json.Exists || StreamFraming.Read(draft) is not null);
        if (draft.Cut is not null || isOpaque)
        {
            return HttpRecording.WriteEncoded(draft, payload, member, scrub, save);
        }

        var isCut = draft.Failure is not null;
        if (payload is null && SdkRecording.Write(draft, member) is { } call && (isCut || IsExact(call)))
        {
            return call;
        }

        var raw = HttpRecording.Write(draft, payload, member, scrub, save);
        return isCut || IsExact(raw) ? raw : HttpRecording.WriteEncoded(draft, payload, member, scrub, save);

        // That a layout gives the bytes of the answer was just seen; to replay a large one takes long.
        bool IsExact(Cassette recording) =>
            (isRegular && draft.ResponseBody.Bytes.Length >= LargeJson && !IsModelList(draft))
            || replays(recording.Interactions[0]) == ReplayFidelity.SameBytes;
    }

    /// <summary>Returns what the recorder's own members have no place for.</summary>
    private static CassetteMember MemberOf(ExchangeDraft draft, RequestPayload? payload, JsonLayout? layout) =>
        new()
        {
            RequestEncoding = payload?.Encoding ?? (IsBodiless(draft) ? RequestPayload.NoBody : null),
            RequestMediaType = payload?.MediaType,
            RecordedAt = draft.SentAt,
            Status =
                draft.Failure is null || draft.Cut is not null || draft.Status == 101 || draft.Events.Count > 0
                    ? draft.Status
                    : 502,
            Layout = layout,
            Headers = draft.ResponseHeaders,
            Trailers = draft.ResponseTrailers,
            FrameOffsets = [.. draft.Events.Select(draft.MillisecondsOf)],
            HasEventNames = draft.Events.Any(received => received.Name is not null),
            Cut = draft.Cut,
            CutAt = draft.Cut is null ? 0 : draft.ResponseFile?.Sidecar.Length ?? draft.ResponseBody.Bytes.Length,
        };

    /// <summary>Returns whether a request had no body although its method allows one.</summary>
    private static bool IsBodiless(ExchangeDraft draft) =>
        draft.RequestBody.IsEmpty && draft.Method is "POST" or "PUT" or "PATCH";

    /// <summary>A list of models is recorded model by model, without what surrounds them.</summary>
    private static bool IsModelList(ExchangeDraft draft) => ApiOperation.Of(draft.Path).IsModelList;

    /// <summary>
    /// Returns the layout of the answer's JSON, null for one that a replay writes anyway; and whether all of the answer
    /// is JSON of one layout.
    /// </summary>
    private static (JsonLayout? Layout, bool IsRegular) LayoutOf(ExchangeDraft draft)
    {
        var text = draft.Events.Count > 0 ? FirstJson(draft) : draft.ResponseBody.Bytes;
        var json = draft.Events.Count > 0 ? JsonValue.ParseOrUndefined(text) : draft.ResponseBody.Json;
        var layout = json.Exists ? JsonLayout.Of(text.Span, json) : null;
        var isPlain =
            layout is { Indent: 0, IsSpaced: false, End: "" }
            && (layout.IsAscii || System.Text.Ascii.IsValid(draft.ResponseBody.Bytes.Span));
        return (isPlain ? null : layout, layout is not null && draft.Events.Count == 0);
    }

    /// <summary>Returns the JSON of an event that shows the layout of all: one with a letter outside ASCII, if any.</summary>
    private static ReadOnlyMemory<byte> FirstJson(ExchangeDraft draft)
    {
        var data = draft
            .Events.Where(received => received is { IsDone: false, Data: not null })
            .Select(received => received.Data!)
            .ToList();
        var shown = data.Find(text =>
            !System.Text.Ascii.IsValid(text) || text.Contains("\\u", StringComparison.Ordinal)
        );
        return System.Text.Encoding.UTF8.GetBytes(shown ?? data.FirstOrDefault() ?? string.Empty);
    }
}
