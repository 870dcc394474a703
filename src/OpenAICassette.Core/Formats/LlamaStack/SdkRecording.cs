using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Writes an exchange as the recorder writes an SDK call. Members keep the order in which they were sent, and ids and
/// times stay what they were: the recorder makes those regular, but then a replay would not answer what the client had
/// seen.
/// </summary>
internal static class SdkRecording
{
    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="member">What the recorder's own members have no place for.</param>
    /// <returns>The recording in memory, named by its key; null for an exchange that no SDK would take.</returns>
    public static Cassette? Write(ExchangeDraft draft, CassetteMember member)
    {
        var operation = ApiOperation.Of(draft.Path);
        if (
            SdkCall.Of(draft.Method, operation) is not { } call
            || UrlOf(draft, operation, call) is not { } url
            || ArgumentsOf(draft, operation) is not { } arguments
        )
        {
            return null;
        }

        var error = ErrorOf(draft, call);
        var isStreaming = draft.Events.Count > 0;
        var objects =
            isStreaming ? ChunksOf(draft, call)
            : error is not null ? []
            : ObjectsOf(draft, call);
        if (objects is null || (draft.Status >= 400 && error is null))
        {
            return null;
        }

        // Comments are no chunks here.
        var chunks = draft.Events.Where(received => received.Data is not null);
        return new SdkExchange
        {
            Url = url,
            Endpoint = call.Endpoint,
            Body = arguments,
            TestId = draft.TestId,
            Objects = objects,
            IsStreaming = isStreaming,
            Error = error,
            Member = member with { FrameOffsets = [.. chunks.Select(draft.MillisecondsOf)] },
            KeepsIds = true,
        }.ToCassette();
    }

    /// <summary>
    /// Returns the URL as the recorder writes it: the client's base address, a version included, and the endpoint after
    /// it.
    /// </summary>
    private static string? UrlOf(ExchangeDraft draft, ApiOperation operation, SdkCall call)
    {
        var mark = draft.Url.IndexOf('?', StringComparison.Ordinal);
        var (url, query) = mark < 0 ? (draft.Url, string.Empty) : (draft.Url[..mark], draft.Url[mark..]);
        var path = $"/{operation.Name}";
        if (!url.EndsWith(path, StringComparison.Ordinal))
        {
            return null;
        }

        var address = url[..^path.Length] + call.Endpoint;
        return query.Length > 0 && QueryCredentials.HasOthers(query[1..]) ? address + query : address;
    }

    /// <summary>Returns the SDK's arguments: the body, with the model where the path names it instead.</summary>
    private static JsonValue? ArgumentsOf(ExchangeDraft draft, ApiOperation operation)
    {
        var body = draft.RequestBody.Json;
        if (!body.Exists)
        {
            return JsonValue.ParseOrUndefined("{}"u8.ToArray());
        }

        if (body.Kind != JsonValueKind.Object)
        {
            return null;
        }

        if (operation.Deployment is not { } model || body["model"].Exists)
        {
            return body;
        }

        var first = $"{{\"model\":{RecordingText.Quoted(model)}{(body.Count > 0 ? "," : string.Empty)}";
        return JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(first + RecordingText.Json(body)[1..]));
    }

    private static List<RecordedObject>? ChunksOf(ExchangeDraft draft, SdkCall call)
    {
        var events = draft.Events.Where(received => !received.IsDone && received.Data is not null).ToList();
        if (draft.Failure is not null && events.Count > 0 && !events[^1].Json.Exists)
        {
            // The last one was cut off in the middle.
            events.RemoveAt(events.Count - 1);
        }

        return events.TrueForAll(received => received.Json.Kind == JsonValueKind.Object)
            ?
            [
                .. events.Select(received => new RecordedObject(
                    received.Json,
                    call.TypeOf(received.Json, isStreaming: true)
                )),
            ]
            : null;
    }

    private static List<RecordedObject>? ObjectsOf(ExchangeDraft draft, SdkCall call) =>
        call.Endpoint == "/v1/models" && draft.ResponseBody.Json["data"].Kind == JsonValueKind.Array
            ?
            [
                .. draft
                    .ResponseBody.Json["data"]
                    .Elements.Select(model => new RecordedObject(model, call.TypeOf(model, isStreaming: false))),
            ]
        : draft.ResponseBody.Json.Kind == JsonValueKind.Object
            ? [new RecordedObject(draft.ResponseBody.Json, call.TypeOf(draft.ResponseBody.Json, isStreaming: false))]
        : null;

    /// <summary>Returns the exception that the SDK would have raised; null where it would not.</summary>
    private static RecordedError? ErrorOf(ExchangeDraft draft, SdkCall call)
    {
        if (draft.Failure is { } failure)
        {
            return new RecordedError
            {
                Category = "provider_sdk",
                Provider = call.Provider,
                Type = "APIConnectionError",
                Message = failure,
            };
        }

        if (draft.Status < 400 || draft.ResponseBody.Json.Kind != JsonValueKind.Object)
        {
            return null;
        }

        // OpenAI's SDK keeps what stands inside "error".
        var inner = draft.ResponseBody.Json["error"];
        return new RecordedError
        {
            Category = "provider_sdk",
            Provider = call.Provider,
            Type = call.ErrorType(draft.Status),
            Message = call.ErrorMessage(draft.Status, draft.ResponseBody.Json),
            Status = draft.Status,
            Body = call.Provider == "openai" && inner.Kind == JsonValueKind.Object ? inner : draft.ResponseBody.Json,
        };
    }
}
