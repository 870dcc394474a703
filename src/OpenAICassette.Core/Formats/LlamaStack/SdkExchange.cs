using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents an SDK call with its response, which becomes a recording as Llama Stack's recorder would have written it.
/// </summary>
internal sealed record SdkExchange
{
    private const string Method = "POST";

    /// <summary>About how many bytes the label of an object has.</summary>
    private const int LongestLabel = 128;

    private static readonly string[] s_durations =
    [
        "total_duration",
        "load_duration",
        "prompt_eval_duration",
        "eval_duration",
    ];

    /// <summary>
    /// Gets the URL that was called; the recorder puts the endpoint after the client's base URL, so it may hold /v1
    /// twice.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Gets the API path, for example /v1/chat/completions.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Gets what was sent.</summary>
    public required JsonValue Body { get; init; }

    /// <summary>Gets what was answered: the chunks of a stream, one object, or the models of a list.</summary>
    public required IReadOnlyList<RecordedObject> Objects { get; init; }

    /// <summary>True for a stream.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Gets the id of the test; null outside any test.</summary>
    public string? TestId { get; init; }

    /// <summary>Gets what the recorder notes of the provider; null where it notes nothing.</summary>
    public JsonValue ProviderMetadata { get; init; }

    /// <summary>True to keep ids and times as they were answered, so that a replay answers the same.</summary>
    public bool KeepsIds { get; init; }

    /// <summary>Gets the error that the call ended in; null if it succeeded.</summary>
    public RecordedError? Error { get; init; }

    /// <summary>Gets what the format has no place for; null for nothing.</summary>
    public CassetteMember? Member { get; init; }

    /// <summary>
    /// Returns the recording in memory, named by its key. Ids and times are made regular, as the recorder does so that
    /// they do not churn.
    /// </summary>
    public Cassette ToCassette()
    {
        var key = KeepsIds ? null : RecordingKey.OfCall(Method, Url, Body, TestId);
        var length = Body.Length + Objects.Sum(item => item.Data.Length + LongestLabel);
        return RecordingName.Name(
            RecordingText.Write(TestId, length, WriteRequest, output => WriteResponse(output, key), Member)
        );
    }

    private void WriteRequest(ByteBuilder output)
    {
        output.Append($"\"method\":\"{Method}\",\"url\":");
        RecordingText.Quote(output, Url);
        output.Append(",\"headers\":{},\"body\":"u8);
        RecordingText.CopyOrEmpty(output, Body);
        output.Append(",\"endpoint\":"u8);
        RecordingText.Quote(output, Endpoint);
        output.Append(",\"model\":"u8);
        RecordingText.Quote(output, Body["model"].Text ?? string.Empty);
        if (ProviderMetadata.HasValue)
        {
            output.Append(",\"provider_metadata\":"u8);
            RecordingText.Copy(output, ProviderMetadata);
        }
    }

    private void WriteResponse(ByteBuilder output, string? key)
    {
        var isModelList = Endpoint is "/v1/models" or "/api/tags";
        var isList =
            IsStreaming
            || (isModelList && Objects.Count != 1)
            || Objects.Any(item => item.Data["object"].Text == "model");
        output.Append("\"body\":"u8);
        if (Error is not null && Objects.Count == 0)
        {
            output.Append("null"u8);
        }
        else
        {
            output.Append(isList ? "["u8 : ""u8);
            WriteObjects(output, key);
            output.Append(isList ? "]"u8 : ""u8);
        }

        output.Append(IsStreaming ? ",\"is_streaming\":true"u8 : ",\"is_streaming\":false"u8);
        output.Append(RecordingText.Failure(Error));
    }

    private void WriteObjects(ByteBuilder output, string? key)
    {
        var isFirst = true;
        foreach (var item in Objects)
        {
            output.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            if (item.Type is null)
            {
                RecordingText.Copy(output, item.Data);
                continue;
            }

            output.Append("{\"__type__\":"u8);
            RecordingText.Quote(output, item.Type);
            output.Append(",\"__data__\":"u8);
            if (key is null)
            {
                RecordingText.Copy(output, item.Data);
            }
            else
            {
                output.Append(Regular(item.Data, key));
            }

            output.Append("}"u8);
        }
    }

    /// <summary>Returns an object whose root has the ids and times that the recorder gives it.</summary>
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

/// <summary>Represents an object of a response that is to be recorded.</summary>
/// <param name="Data">The object as it was answered.</param>
/// <param name="Type">
/// The label of its SDK class, for example openai.types.chat.chat_completion.ChatCompletion; null for a plain object.
/// </param>
internal readonly record struct RecordedObject(JsonValue Data, string? Type = null);
