using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the typed views of a recording. The same names serve every request shape: an SDK call keeps what was sent
/// in <c>body</c>, raw HTTP in <c>payload</c>, a tool runtime in <c>kwargs</c>.
/// </summary>
/// <param name="index">Where the parts of the recording are.</param>
/// <param name="path">
/// The file, beside which its sidecars are; null for a recording in memory. The views live longer than the bytes, so
/// they must not refer to them.
/// </param>
internal sealed class RecordingViews(RecordingIndex index, string? path) : IInteractionViews
{
    private WeakReference<JsonTree>? _root;
    private WeakReference<JsonTree>? _request;
    private WeakReference<JsonTree>? _response;

    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document) => ReadRequest(document, Request(document));

    /// <inheritdoc/>
    public RecordedRequest? PeekRequest(ReadOnlyMemory<byte> document) =>
        ReadRequest(document, JsonTree.Parse(document, index.Request.Start, index.Request.Length).Root);

    private RecordedRequest ReadRequest(ReadOnlyMemory<byte> document, JsonValue root)
    {
        var body = root["body"];
        body = body.Exists ? body : root["payload"];
        var member = ReadMember(document);
        var isBodiless = member?.RequestEncoding == RequestPayload.NoBody;
        var payload =
            member?.RequestEncoding is { } encoding && !isBodiless
                ? new RequestPayload(encoding, member.RequestMediaType, body.Utf8)
                : null;
        var sent = payload?.ToBody(file => file.Read(path)) ?? Body.FromJson(body.Exists ? body : root["kwargs"]);
        return new RecordedRequest(sent)
        {
            Payload = payload,
            Method = root["method"].Text,
            Url = root["url"].Text,
            Headers = HeadersOf(root["headers"]),
            ToolName = root["tool_name"].Text,
            Provider = root["provider"].Text,
            FileId = root["file_id"].Text,
            CalledPath = root["endpoint"].Text,
            SentAt = member?.RecordedAt,
            Ordinal = member?.Ordinal ?? 0,
            IsOwn = member is not null,
            IsBodiless = isBodiless,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [new RecordingEnvelope(interaction, this)];

    /// <summary>Gets whether the recording is one of our own.</summary>
    public bool IsOwn => index.Member.Length > 0;

    /// <summary>Returns whether the key under the algorithm now in force made a file's name.</summary>
    public bool HasCurrentName(ReadOnlyMemory<byte> document, string fileName) =>
        RecordingIdentities.KeysOf(Request(document), index.TestId, onlyNewest: true) is [var newest]
        && new RecordingName(fileName).IsOf(newest.Key);

    /// <summary>Returns what the recorder finds the recording by.</summary>
    public RecordingEnvelope.Identity ReadIdentity(ReadOnlyMemory<byte> document, string fileName)
    {
        var request = Request(document);
        var keys = RecordingIdentities.KeysOf(request, index.TestId);
        var era = RecordingEra.Of(index, request, () => Response(document), new RecordingName(fileName));
        var key = keys.Count > 0 ? keys[0].Key : null;
        return new RecordingEnvelope.Identity(key, RecordingIdentities.Reproducing(fileName, keys), era);
    }

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        var root = Response(document);
        var recorded = root["body"];
        var member = ReadMember(document);
        var isStreaming = root["is_streaming"].Truth == true;
        IEnumerable<JsonValue> values =
            recorded.Kind == System.Text.Json.JsonValueKind.Array ? recorded.Elements
            : recorded.HasValue ? [recorded]
            : [];
        var headers = new HeaderList(member?.Headers ?? []);
        var type = headers["content-type"];
        var file = member?.BodyEncoding == RequestPayload.FileEncoding ? PayloadContent.Read(recorded).File : null;
        var isEncoded = TryDecode(recorded, member, type, out var body);
        if (file is not null)
        {
            isEncoded = true;
            body = Body.Deferred(() => file.Read(path), type);
            values = type?.Contains("json", StringComparison.OrdinalIgnoreCase) == true ? [body.Json] : [];
        }
        else if (isEncoded && !isStreaming && body.Json.Exists)
        {
            values = [body.Json];
        }

        Frame[] frames =
            !isStreaming ? []
            : index.Method == ExchangeDraft.WebSocketMethod ? [.. SessionRecording.Read(values)]
            : isEncoded
                ? [.. StreamText.Read(body).Select((frame, index) => frame with { At = member!.ArrivalOf(index) })]
            : ReadFrames(values, member);
        return new RecordedResponse(body)
        {
            Status = member?.Status ?? StatusOf(root["status"]),
            Headers = headers,
            IsStreaming = isStreaming,
            IsVerbatim = isEncoded,
            OpenBody = file is null ? null : () => file.Open(path),
            Layout = member?.Layout,
            Trailers = new HeaderList(member?.Trailers ?? []),
            Cut = member?.Cut,
            Error = ReadError(root, body),
            Frames = frames,
            EndedAt = member?.ArrivalOf(frames.Length),
            Values = isStreaming ? [] : [.. values.Select(Unwrap)],
        };
    }

    /// <summary>Returns what the member of our own recordings holds; null for a recording of another program.</summary>
    private CassetteMember? ReadMember(ReadOnlyMemory<byte> document) =>
        !IsOwn
            ? null
            : CassetteMemberReader.Read(JsonTree.Parse(document, index.Member.Start, index.Member.Length).Root);

    /// <summary>Decodes a body that is not JSON and so was recorded as a string.</summary>
    private static bool TryDecode(JsonValue recorded, CassetteMember? member, string? type, out Body body)
    {
        if (member?.BodyEncoding is not { } encoding || recorded.Text is not { } text)
        {
            body = Body.FromJson(recorded);
            return false;
        }

        var bytes = encoding == "base64" ? FromBase64(text) : Encoding.UTF8.GetBytes(text);
        body = Body.FromBytes(bytes, type);
        return true;
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Returns the whole file as one value.</summary>
    public JsonValue Root(ReadOnlyMemory<byte> document)
    {
        if (Kept(_root) is not { } tree)
        {
            tree = JsonTree.ParseFile(document);
            _root = new WeakReference<JsonTree>(tree);
        }

        return tree.Root;
    }

    /// <summary>Returns the request as recorded.</summary>
    public JsonValue Request(ReadOnlyMemory<byte> document) => Part(ref _request, "request", document, index.Request);

    /// <summary>Returns the response as recorded.</summary>
    public JsonValue Response(ReadOnlyMemory<byte> document) =>
        Part(ref _response, "response", document, index.Response);

    /// <summary>Returns a part of the file, which is parsed once as long as a view of it is in use.</summary>
    private JsonValue Part(
        ref WeakReference<JsonTree>? cache,
        string name,
        ReadOnlyMemory<byte> document,
        ByteRange range
    )
    {
        if (Kept(_root) is { } root)
        {
            return root.Root[name];
        }

        if (Kept(cache) is not { } tree)
        {
            tree = JsonTree.Parse(document, range.Start, range.Length);
            cache = new WeakReference<JsonTree>(tree);
        }

        return tree.Root;
    }

    private static JsonTree? Kept(WeakReference<JsonTree>? cache) =>
        cache is not null && cache.TryGetTarget(out var tree) && !tree.IsOver ? tree : null;

    private static HeaderList HeadersOf(JsonValue headers)
    {
        var fields = new List<HeaderField>();
        foreach (var (name, value) in headers.Members)
        {
            fields.Add(new HeaderField(name, value.ToString()));
        }

        return fields.Count == 0 ? HeaderList.Empty : new HeaderList(fields);
    }

    /// <summary>Returns the object that the SDK's value is kept as; its label is only a label.</summary>
    private static JsonValue Unwrap(JsonValue value, ref string? type)
    {
        // One text serves all chunks of a stream, which are mostly of one class.
        var named = value["__type__"];
        type = type is not null && named.IsText(type) ? type : named.Text;
        var data = value["__data__"];
        return type is not null && data.Exists ? data : value;
    }

    private static JsonValue Unwrap(JsonValue value)
    {
        string? type = null;
        return Unwrap(value, ref type);
    }

    private Frame[] ReadFrames(IEnumerable<JsonValue> elements, CassetteMember? member)
    {
        var frames = new Frame[index.Elements];
        var count = 0;
        var lines = new List<string>();
        string? label = null;
        foreach (var element in elements)
        {
            if (element.Text is { Length: > 0 } line)
            {
                lines.Add(line);
                continue;
            }

            EndEvent();
            if (element.Kind != System.Text.Json.JsonValueKind.String)
            {
                var data = Unwrap(element, ref label);
                var name = member?.HasEventNames == true ? data["type"].Text : null;
                var frame = Frame.FromJson(FrameKind.Object, data, member?.ArrivalOf(count));
                frames[count++] = frame with { Label = label, EventName = name };
            }
        }

        EndEvent();
        return count == frames.Length ? frames : frames[..count];

        void EndEvent()
        {
            if (lines.Count > 0)
            {
                frames[count] = Frame.FromEvent([.. lines], member?.ArrivalOf(count));
                count++;
                lines.Clear();
            }
        }
    }

    /// <summary>Returns an HTTP status: three digits (RFC 9110, section 15).</summary>
    private static int? StatusOf(JsonValue status) =>
        status.WholeNumber is { } number and >= 100 and <= 999 ? (int)number : null;

    /// <summary>
    /// Returns the error of a call that failed: an exception that was recorded, or a raw HTTP response with such a status.
    /// </summary>
    private static RecordedError? ReadError(JsonValue root, Body body)
    {
        var status = StatusOf(root["status"]);
        if (root["is_exception"].Truth == true)
        {
            var data = root["exception_data"];
            return new RecordedError
            {
                Status = StatusOf(data["status_code"]) ?? status,
                Type = data["type"].Text,
                Message = data["message"].Text ?? root["exception_message"].Text ?? "the recorded call failed",
                Category = data["category"].Text,
                Provider = data["provider"].Text,
                Body = data["body"],
            };
        }

        return status is { } failed and >= 400 ? ErrorReader.ReadBody(body.Json, failed) : null;
    }
}
