using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>
/// A recorded call as System.Text.Json reads its file, without the engine: what to send, and what a client must report.
/// </summary>
internal sealed class RecordedCall
{
    private readonly JsonElement _file;

    private RecordedCall(string path, string root, JsonElement file)
    {
        _file = file;
        Path = path;
        Cassette = System.IO.Path.GetRelativePath(root, path).Replace('\\', '/');
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How a client names the cassette.</summary>
    public string Cassette { get; }

    /// <summary>The endpoint; that of raw HTTP is cut out of the address.</summary>
    public string? Endpoint =>
        Request.Member("endpoint").Text()
        ?? (
            Request.Member("url").Text() is { } url && url.Contains("/v1", StringComparison.Ordinal)
                ? url[url.IndexOf("/v1", StringComparison.Ordinal)..]
                : null
        );

    /// <summary>True for a recorded stream.</summary>
    public bool IsStreaming => Response.Member("is_streaming")?.ValueKind == JsonValueKind.True;

    /// <summary>True for a recorded failure.</summary>
    public bool IsFailure => Response.Member("is_exception")?.ValueKind == JsonValueKind.True;

    /// <summary>The response as it is in the file.</summary>
    public JsonElement Response => _file.GetProperty("response");

    /// <summary>The status of a recorded failure.</summary>
    public int? Status =>
        (Response.Member("status") ?? Response.Member("exception_data").Member("status_code"))?.GetInt32();

    /// <summary>What the service said of a recorded failure: some put the error into another one.</summary>
    public string? Failure
    {
        get
        {
            var error = Response.Member("exception_data").Member("body");
            return (error.Member("error") ?? error).Member("message").Text();
        }
    }

    /// <summary>The recorded embeddings, in the precision in which they are sent.</summary>
    public IReadOnlyList<float[]> Embeddings =>
        [
            .. Objects
                .SelectMany(one => one.Member("data").Elements())
                .Select(item => Floats(item.GetProperty("embedding"))),
        ];

    /// <summary>The models of a recorded list.</summary>
    public IEnumerable<JsonElement> Models =>
        Objects.SelectMany(one => one.Member("data") is { } list ? list.EnumerateArray() : Enumerable.Repeat(one, 1));

    /// <summary>The ids of the models of a recorded list.</summary>
    public IReadOnlyList<string> ModelIds => [.. Models.Select(model => model.GetProperty("id").GetString()!)];

    /// <summary>The model that is asked.</summary>
    public string Model => Body["model"]?.GetValue<string>() ?? string.Empty;

    /// <summary>
    /// The body as it goes over the wire: SDKs merge the extra members and keep their own options to themselves.
    /// </summary>
    public JsonObject Body
    {
        get
        {
            var body = JsonNode
                .Parse((Request.Member("payload") ?? Request.GetProperty("body")).GetRawText())!
                .AsObject();
            var extra = body["extra_body"] as JsonObject;
            foreach (var name in (string[])["extra_body", "extra_headers", "extra_query", "timeout"])
            {
                body.Remove(name);
            }

            foreach (var (name, value) in extra ?? [])
            {
                body[name] = value?.DeepClone();
            }

            return body;
        }
    }

    /// <summary>What was answered: the chunks of a stream, or the one object.</summary>
    public IEnumerable<JsonElement> Objects
    {
        get
        {
            var body = Response.GetProperty("body");
            return body.ValueKind == JsonValueKind.Array
                ? body.EnumerateArray().Select(Corpus.Unwrapped)
                : [body.Unwrapped()];
        }
    }

    /// <summary>What a client must report of a chat.</summary>
    public ClientAnswer Answer
    {
        get
        {
            var objects = Objects.ToList();
            var usage = objects
                .Select(one => one.Member("usage"))
                .LastOrDefault(one => one is { ValueKind: JsonValueKind.Object });
            return ClientAnswer.Of(
                objects.SelectMany(one => one.Member("choices").Elements()).Select(Choice),
                usage is null
                    ? null
                    : [Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens")]
            );
        }
    }

    private JsonElement Request => _file.GetProperty("request");

    /// <summary>All public recordings of an endpoint.</summary>
    public static IReadOnlyList<RecordedCall> All(string endpoint) =>
        [
            .. SharedData
                .Files.Select(path => Read(path, SharedData.Recordings))
                .Where(call => call.Endpoint == endpoint),
        ];

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The folder that is served.</param>
    public static RecordedCall Read(string path, string root)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new RecordedCall(path, root, document.RootElement.Clone());
    }

    public override string ToString() => Cassette;

    private static float[] Floats(JsonElement embedding) =>
        embedding.ValueKind == JsonValueKind.Array
            ? [.. embedding.EnumerateArray().Select(number => number.GetSingle())]
            : [.. embedding.GetBytesFromBase64().Chunk(sizeof(float)).Select(bytes => BitConverter.ToSingle(bytes))];

    private static long Count(JsonElement? usage, string name) => usage.Member(name)?.GetInt64() ?? 0;

    private static ClientChoice Choice(JsonElement choice)
    {
        var said = choice.Member("message") ?? choice.Member("delta");
        var tokens = choice.Member("logprobs");
        return new ClientChoice(choice.GetProperty("index").GetInt32())
        {
            Text = said.Member("content").Text() ?? string.Empty,
            Refusal = said.Member("refusal").Text() ?? string.Empty,
            Tools = [.. said.Member("tool_calls").Elements().Select(Tool)],
            Finish = choice.Member("finish_reason").Text(),
            Tokens = [.. tokens.Member("content").Elements().Concat(tokens.Member("refusal").Elements()).Select(Token)],
        };
    }

    private static ClientTool Tool(JsonElement call)
    {
        var function = call.Member("function");
        return new ClientTool(
            call.Member("id").Text() ?? string.Empty,
            function.Member("name").Text() ?? string.Empty,
            function.Member("arguments").Text() ?? string.Empty
        );
    }

    private static string Token(JsonElement token) =>
        ClientAnswer.Token(
            token.GetProperty("token").GetString()!,
            token.GetProperty("logprob").GetDouble(),
            token
                .Member("top_logprobs")
                .Elements()
                .Select(other => (other.GetProperty("token").GetString()!, other.GetProperty("logprob").GetDouble()))
        );
}
