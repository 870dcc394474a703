using System.Text.Json;

namespace OpenAICassette.Formats.PydanticAI;

/// <summary>
/// Represents the cassettes of xAI's client in Pydantic AI's tests: gRPC calls, with each message of Protocol Buffers
/// in JSON and in bytes. The path of a call is the method of the client: chat/sample, chat/stream, collections/create.
/// </summary>
internal sealed class PydanticXaiFormat : DocumentFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("pydantic-xai")
        {
            Extensions = [".yaml", ".yml"],
            Features = FormatFeatures.Requests | FormatFeatures.ManyInteractions,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isCertain =
            Has(head, "interactions/[]/request_sample"u8)
            || Has(head, "interactions/[]/request_stream"u8)
            || Has(head, "interactions/[]/collections_method"u8);
        return isCertain ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document =>
            JsonFields
                .List(document["interactions"], where, "not a cassette of xAI's client: expected a list /interactions")
                .Select(ReadCall)
        );

    private static ExchangeDraft ReadCall(JsonValue interaction)
    {
        var method = interaction["collections_method"];
        if (method.Exists)
        {
            return Call($"collections/{method["method"].Text}", method["request_json"], method["response_json"], []);
        }

        var chunks = interaction["response_stream"]["chunks_json"];
        return chunks.Kind == JsonValueKind.Array
            ? Call("chat/stream", interaction["request_stream"]["json"], chunks, [.. chunks.Elements.Select(ReadChunk)])
            : Call("chat/sample", interaction["request_sample"]["json"], interaction["response_sample"]["json"], []);
    }

    private static Frame ReadChunk(JsonValue chunk) =>
        Frame.FromJson(FrameKind.Object, chunk["chunk"].Exists ? chunk["chunk"] : chunk);

    private static ExchangeDraft Call(string path, JsonValue request, JsonValue response, Frame[] frames) =>
        new()
        {
            Method = ExchangeDraft.GrpcMethod,
            Url = string.Empty,
            Path = $"/xai/{path}",
            RequestBody = Body.FromJson(request),
            ResponseBody = Body.FromJson(response),
            Frames = frames,
        };
}
