using OpenAICassette.Json;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>A raw HTTP request with its response, in memory, that becomes a recording of the shape that the recorder has for those.</summary>
internal sealed record HttpRecordingDraft
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The full URL.</summary>
    public required string Url { get; init; }

    /// <summary>The JSON that was sent; undefined for nothing.</summary>
    public JsonValue Payload { get; init; }

    /// <summary>The id of the test; null outside any test.</summary>
    public string? TestId { get; init; }

    /// <summary>The HTTP status; null for a call that failed without one.</summary>
    public int? Status { get; init; }

    /// <summary>What was answered, as JSON; null for nothing.</summary>
    public string? Body { get; init; }

    /// <summary>The lines of a stream of events; null for a response that is none.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>The error that the call ended in; null when it was answered, be it with an error status.</summary>
    public RecordedError? Error { get; init; }

    /// <summary>
    /// True for <c>GET /info</c>, which has an endpoint and headers instead of a payload. The recorder stores the headers of the call
    /// as they are; here none are written, as they may hold keys.
    /// </summary>
    public bool IsModelLookup { get; init; }

    /// <summary>What the format has no place for.</summary>
    public InteractionDetails? Details { get; init; }

    /// <summary>The recording in memory, named by its key.</summary>
    public Cassette ToCassette()
    {
        var target = $"\"test_id\":{RecordingText.Quoted(TestId)},\"url\":{RecordingText.Quoted(Url)},"
            + $"\"method\":{RecordingText.Quoted(Method)}";
        var payload = Payload.Exists ? RecordingText.Json(Payload) : "{}";
        var request = IsModelLookup
            ? $"{target},\"endpoint\":\"{ModelLookup.Endpoint}\",\"headers\":{{}}"
            : $"{target},\"payload\":{payload}";
        var status = Status is { } number && Lines is null ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"status\":{number},") : string.Empty;
        var body = Lines is null ? Body ?? "null" : $"[{string.Join(',', Lines.Select(RecordingText.Quoted))}]";
        var response = $"{status}\"body\":{body},\"is_streaming\":{(Lines is null ? "false" : "true")}{RecordingText.Failure(Error)}";
        return RecordingName.Name(RecordingText.Write(TestId, request, response, Details));
    }
}
