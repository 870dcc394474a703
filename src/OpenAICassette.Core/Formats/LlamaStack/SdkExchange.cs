using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// An SDK call with its response, which becomes a recording as Llama Stack's recorder would have written it.
/// </summary>
internal sealed record SdkExchange
{
    private static readonly string[] s_durations =
    [
        "total_duration",
        "load_duration",
        "prompt_eval_duration",
        "eval_duration",
    ];

    /// <summary>
    /// The URL that was called; the recorder puts the endpoint after the client's base URL, so it may hold /v1 twice.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>The API path, for example /v1/chat/completions.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What was sent.</summary>
    public required JsonValue Body { get; init; }

    /// <summary>What was answered: the chunks of a stream, one object, or the models of a list.</summary>
    public required IReadOnlyList<RecordedObject> Objects { get; init; }

    /// <summary>True for a stream.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>The id of the test; null outside any test.</summary>
    public string? TestId { get; init; }

    /// <summary>What the recorder notes of the provider; null where it notes nothing.</summary>
    public JsonValue ProviderMetadata { get; init; }

    /// <summary>True to keep ids and times as they were answered, so that a replay answers the same.</summary>
    public bool KeepsIds { get; init; }

    /// <summary>The error that the call ended in; null when it succeeded.</summary>
    public RecordedError? Error { get; init; }

    /// <summary>What the format has no place for; null for nothing.</summary>
    public CassetteMember? Member { get; init; }

    /// <summary>
    /// The recording in memory, named by its key. Ids and times are made regular, as the recorder does so that they do
    /// not churn.
    /// </summary>
    public Cassette ToCassette()
    {
        const string method = "POST";
        var key = RecordingKey.OfCall(method, Url, Body, TestId);
        var isModelList = Endpoint is "/v1/models" or "/api/tags";
        var isList =
            IsStreaming
            || (isModelList && Objects.Count != 1)
            || Objects.Any(item => item.Data["object"].Text == "model");
        var request = new StringBuilder("\"method\":\"")
            .Append(method)
            .Append("\",\"url\":")
            .Append(RecordingText.Quoted(Url));
        request.Append(",\"headers\":{},\"body\":").Append(Body.Exists ? RecordingText.Json(Body) : "{}");
        request.Append(",\"endpoint\":").Append(RecordingText.Quoted(Endpoint));
        request.Append(",\"model\":").Append(RecordingText.Quoted(Body["model"].Text ?? string.Empty));
        request.Append(
            ProviderMetadata.HasValue ? ",\"provider_metadata\":" + RecordingText.Json(ProviderMetadata) : string.Empty
        );

        var objects = string.Join(',', Objects.Select(item => Written(item, key)));
        var body =
            Error is not null && Objects.Count == 0 ? "null"
            : isList ? $"[{objects}]"
            : objects;
        var response =
            $"\"body\":{body},\"is_streaming\":{(IsStreaming ? "true" : "false")}{RecordingText.Failure(Error)}";
        return RecordingName.Name(RecordingText.Write(TestId, request.ToString(), response, Member));
    }

    private string Written(RecordedObject item, string key) =>
        item.Type is null
            ? RecordingText.Json(item.Data)
            : $"{{\"__type__\":{RecordingText.Quoted(item.Type)},\"__data__\":{(KeepsIds ? RecordingText.Json(item.Data) : Regular(item.Data, key))}}}";

    /// <summary>An object whose root has the ids and times that the recorder gives it.</summary>
    private static string Regular(JsonValue data, string key)
    {
        var edits = new List<(JsonValue Value, string Text)>();
        if (data["object"].Text != "model")
        {
            edits.Add((data["id"], $"\"rec-{key[..RecordingName.ShortLength]}\""));
        }

        edits.Add((data["created"], "0"));
        edits.Add((data["created_at"], "\"1970-01-01T00:00:00.000000Z\""));
        edits.AddRange(
            s_durations.Select(name => data[name]).Where(value => value.HasValue).Select(value => (value, "0"))
        );
        var ordered = edits
            .Where(edit => edit.Value.Exists)
            .OrderBy(edit => edit.Value.Start)
            .Select(edit => new ByteEdit(
                edit.Value.Start - data.Start,
                edit.Value.Length,
                Encoding.ASCII.GetBytes(edit.Text)
            ));
        return Encoding.UTF8.GetString(ByteEdit.Apply(data.Utf8.Span, ordered));
    }
}

/// <summary>One object of a response that is to be recorded.</summary>
/// <param name="Data">The object as it was answered.</param>
/// <param name="Type">
/// The label of its SDK class, for example openai.types.chat.chat_completion.ChatCompletion; null for a plain object.
/// </param>
internal readonly record struct RecordedObject(JsonValue Data, string? Type = null);
