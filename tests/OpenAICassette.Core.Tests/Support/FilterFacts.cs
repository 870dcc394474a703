using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>What another parser says of a recording, as far as filters ask.</summary>
internal sealed record FilterFacts(
    string Path,
    string Model,
    string Endpoint,
    string TestId,
    bool IsStreaming,
    bool HasError,
    bool CallsTool
)
{
    /// <summary>True for a chat completion, whose words are known.</summary>
    public bool IsChat => Endpoint.EndsWith("/chat/completions", StringComparison.Ordinal);

    /// <summary>What the chunks of a chat's first answer add to its text.</summary>
    public required IReadOnlyList<string> Pieces { get; init; }

    /// <summary>All that is said in a chat, by either side, each text on lines of its own.</summary>
    public required string Said { get; init; }

    public static FilterFacts Of(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var (file, request, response) = (
            document.RootElement,
            document.RootElement.GetProperty("request"),
            document.RootElement.GetProperty("response")
        );
        var sent = request.Member("body") ?? request.Member("payload");
        var url = request.Member("url").Text();
        var body = response.GetProperty("body");
        var elements = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToList() : [body];
        var messages = elements
            .SelectMany(element => element.Unwrapped().Member("choices").Elements())
            .Select(choice => choice.Member("delta") ?? choice.Member("message"))
            .ToList();
        var pieces = Texts(messages, "content").ToList();
        var asked = sent.Member("messages").Elements().ToList();
        return new(
            path,
            request.Member("model").Text() ?? sent.Member("model").Text() ?? "",
            request.Member("endpoint").Text() ?? (url is null ? "" : new Uri(url).AbsolutePath),
            file.Member("test_id").Text() ?? request.Member("test_id").Text() ?? "",
            response.GetProperty("is_streaming").GetBoolean(),
            response.Member("is_exception") is { ValueKind: JsonValueKind.True }
                || response.Member("status") is { } status && status.GetInt32() >= 400,
            elements.Any(CallsToolIn)
        )
        {
            Pieces = pieces,
            Said = string.Join(
                '\n',
                [
                    .. asked.Select(message =>
                        message.Member("content").Text()
                        ?? string.Concat(
                            message.Member("content").Elements().Select(part => part.Member("text").Text())
                        )
                    ),
                    .. asked.Select(message =>
                        message.Member("reasoning_content").Text() ?? message.Member("reasoning").Text()
                    ),
                    string.Concat(pieces),
                    string.Concat(Texts(messages, "refusal")),
                    string.Concat(
                        messages.Select(message =>
                            message.Member("reasoning_content").Text() ?? message.Member("reasoning").Text()
                        )
                    ),
                ]
            ),
        };
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement?> messages, string name) =>
        messages.Select(message => message.Member(name).Text()).OfType<string>().Where(text => text.Length > 0);

    /// <summary>Whether an answer of any family names a tool to call, however deep.</summary>
    private static bool CallsToolIn(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => IsCall(value)
                || value.EnumerateObject().Any(member => member.Name is not "tools" && CallsToolIn(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Any(CallsToolIn),
            JsonValueKind.String
                when value.GetString() is ['d', 'a', 't', 'a', ':', .. var data] && data.TrimStart() is ['{', ..] =>
                CallsToolIn(JsonSerializer.Deserialize<JsonElement>(data)),
            _ => false,
        };

    private static bool IsCall(JsonElement value) =>
        value.Member("function").Member("name").Text() is { Length: > 0 }
        || value.Member("function_call").Member("name").Text() is { Length: > 0 }
        || (
            value.Member("type").Text() is "tool_use" or "function_call"
            && value.Member("name").Text() is { Length: > 0 }
        );
}
