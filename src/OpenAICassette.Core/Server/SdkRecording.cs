using System.Text;
using System.Text.Json;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette.Server;

/// <summary>
/// Makes of an answered request the recording that the recorder makes of an SDK call. Members keep the order in which they were sent, and
/// ids and times stay what they were: the recorder makes those regular, but then a replay would not answer what the client had seen.
/// </summary>
internal static class SdkRecording
{
    /// <summary>The recording; null for what no SDK would take.</summary>
    public static Cassette? Of(AnsweredRequest answer, InteractionDetails details)
    {
        if (SdkCall.Of(answer.Request) is not { } call || UrlOf(answer, call) is not { } url || BodyOf(answer.Request) is not { } body)
        {
            return null;
        }

        var error = ErrorOf(answer, call);
        var isStreaming = answer.Events.Count > 0;
        var objects = isStreaming ? ChunksOf(answer, call) : error is not null ? [] : ObjectsOf(answer, call);
        if (objects is null || (answer.Status >= 400 && error is null))
        {
            return null;
        }

        // Comments are no chunks here.
        var times = answer.Events.Where(received => received.Data is not null).Select(received => answer.Body.ArrivalOf(received.End).TotalMilliseconds);
        return new RecordingDraft
        {
            Url = url,
            Endpoint = call.Endpoint,
            Body = body,
            TestId = answer.Request.TestId,
            Objects = objects,
            IsStreaming = isStreaming,
            Error = error,
            Details = details with { ChunkOffsets = [.. times] },
            KeepsIds = true,
        }.ToCassette();
    }

    /// <summary>The URL as the recorder writes it: the client's base address, a version included, and the endpoint after it.</summary>
    private static string? UrlOf(AnsweredRequest answer, SdkCall call)
    {
        var (url, query) = answer.Url.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (answer.Url[..mark], answer.Url[mark..]) : (answer.Url, string.Empty);
        var operation = $"/{answer.Request.Operation.Name}";
        var isImportant = QueryHash.Of(answer.Request.Query, isExact: true) != UInt128.Zero;
        return url.EndsWith(operation, StringComparison.Ordinal) ? url[..^operation.Length] + call.Endpoint + (isImportant ? query : string.Empty) : null;
    }

    /// <summary>The SDK's arguments: the body, with the model where the path names it instead.</summary>
    private static JsonValue? BodyOf(ApiRequest request)
    {
        if (request.Utf8.IsEmpty)
        {
            return JsonValue.ParseOrUndefined("{}"u8.ToArray());
        }

        if (request.Body.Kind != JsonValueKind.Object)
        {
            return null;
        }

        if (request.Operation.Deployment is not { } model || request.Body["model"].Exists)
        {
            return request.Body;
        }

        var first = $"{{\"model\":{RecordingText.Quoted(model)}{(request.Body.Count > 0 ? "," : string.Empty)}";
        return JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(first + RecordingText.Json(request.Body)[1..]));
    }

    private static List<RecordedObject>? ChunksOf(AnsweredRequest answer, SdkCall call)
    {
        var events = answer.Events.Where(received => !received.IsDone && received.Data is not null).ToList();
        if (answer.Failure is not null && events.Count > 0 && !events[^1].Json.Exists)
        {
            // The last one was cut off in the middle.
            events.RemoveAt(events.Count - 1);
        }

        return events.TrueForAll(received => received.Json.Kind == JsonValueKind.Object)
            ? [.. events.Select(received => new RecordedObject(received.Json, call.TypeOf(received.Json, isStreaming: true)))]
            : null;
    }

    private static List<RecordedObject>? ObjectsOf(AnsweredRequest answer, SdkCall call)
        => call.Endpoint == "/v1/models" && answer.Json["data"].Kind == JsonValueKind.Array
            ? [.. answer.Json["data"].Elements.Select(model => new RecordedObject(model, call.TypeOf(model, isStreaming: false)))]
            : answer.Json.Kind == JsonValueKind.Object ? [new RecordedObject(answer.Json, call.TypeOf(answer.Json, isStreaming: false))] : null;

    /// <summary>The exception that the SDK would have raised; null where it would not.</summary>
    private static RecordedError? ErrorOf(AnsweredRequest answer, SdkCall call)
    {
        if (answer.Failure is { } failure)
        {
            return new RecordedError { Category = "provider_sdk", Provider = call.Provider, Type = "APIConnectionError", Message = failure };
        }

        if (answer.Status < 400 || answer.Json.Kind != JsonValueKind.Object)
        {
            return null;
        }

        // OpenAI's SDK keeps what stands inside "error".
        var inner = answer.Json["error"];
        return new RecordedError
        {
            Category = "provider_sdk",
            Provider = call.Provider,
            Type = call.ErrorType(answer.Status),
            Message = call.ErrorMessage(answer.Status, answer.Json),
            Status = answer.Status,
            Body = call.Provider == "openai" && inner.Kind == JsonValueKind.Object ? inner : answer.Json,
        };
    }
}
