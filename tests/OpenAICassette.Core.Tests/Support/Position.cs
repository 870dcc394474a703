using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>
/// Where recorded traffic can hold a text: as it is, encoded, or spread over the chunks of a stream. Each knows how to
/// read the text back.
/// </summary>
/// <param name="Name">What the position is called.</param>
/// <param name="Write">Makes a document that holds a text.</param>
/// <param name="Read">Reads the text back out of a document.</param>
internal sealed record Position(string Name, Func<string, Random, string> Write, Func<string, string> Read)
{
    /// <summary>All positions.</summary>
    public static IReadOnlyList<Position> All { get; } =
    [
        Plain("text", text => text, text => text),
        Plain("escaped", text => text, text => text, escapeAll: true),
        Plain("json", text => Json(text), text => Parsed(text)),
        Plain("json in json", text => Json(Json(text)), text => Parsed(Parsed(text))),
        Plain(
            "base64",
            text => $"see {Convert.ToBase64String(Encoding.UTF8.GetBytes($"[default]\n{text}\nretries = 3\n"))} there",
            text => Encoding.UTF8.GetString(Convert.FromBase64String(text.Split(' ')[1]))
        ),
        Plain(
            "base64url",
            text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"???>>> ünï {text}")),
            text => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))
        ),
        Plain(
            "wrapped base64",
            text =>
                Wrap(
                    Convert.ToBase64String(
                        Encoding.UTF8.GetBytes($"{new string('-', 90)}\n{text}\n{new string('-', 90)}")
                    )
                ),
            text => Encoding.UTF8.GetString(Convert.FromBase64String(text))
        ),
        Plain(
            "gzip",
            text => Convert.ToBase64String(Zipped.Of($"hello {text} there")),
            text => Zipped.Text(Convert.FromBase64String(text))
        ),
        Plain(
            "hex",
            text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"it is {text} ok")),
            text => Encoding.UTF8.GetString(Convert.FromHexString(text))
        ),
        Plain(
            "percent",
            text => $"data:text/plain;charset=utf-8,a%2Cb%0A{Uri.EscapeDataString(text)}%0Ac",
            Uri.UnescapeDataString
        ),
        Plain(
            "data URL",
            text => $"data:text/plain;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes($"a: 1\n{text}\n"))}",
            text => Encoding.UTF8.GetString(Convert.FromBase64String(text.Split(',')[1]))
        ),
        Plain(
            "entities",
            text =>
                $"&lt;p&gt;{string.Concat(text.Select(unit => char.IsAsciiLetterOrDigit(unit) ? $"{unit}" : $"&#x{(int)unit:X};"))}&lt;/p&gt;",
            text => System.Net.WebUtility.HtmlDecode(text)
        ),
        Stream("content", """{"choices":[{"index":0,"delta":{"content":@}}]}""", chunk =>
            chunk["choices"]?[0]?["delta"]?["content"]
        ),
        Stream("reasoning", """{"choices":[{"index":0,"delta":{"content":null,"reasoning_content":@}}]}""", chunk =>
            chunk["choices"]?[0]?["delta"]?["reasoning_content"]
        ),
        Stream(
            "second choice",
            """{"choices":[{"index":1,"delta":{"content":@}},{"index":0,"delta":{"content":"word "}}]}""",
            chunk => chunk["choices"]?[0]?["delta"]?["content"]
        ),
        Stream("completion", """{"object":"text_completion","choices":[{"index":0,"text":@}]}""", chunk =>
            chunk["choices"]?[0]?["text"]
        ),
        Stream(
            "tool arguments",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":@}}]}}]}""",
            chunk => chunk["choices"]?[0]?["delta"]?["tool_calls"]?[0]?["function"]?["arguments"],
            isJson: true
        ),
        Stream(
            "responses",
            """{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":@}""",
            chunk => chunk["delta"]
        ),
        Stream(
            "responses arguments",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":@}""",
            chunk => chunk["delta"],
            isJson: true
        ),
        Stream(
            "messages",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":@}}""",
            chunk => chunk["delta"]?["text"]
        ),
        Stream(
            "messages input",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":@}}""",
            chunk => chunk["delta"]?["partial_json"],
            isJson: true
        ),
        Stream("gemini", """{"candidates":[{"content":{"parts":[{"text":@}],"role":"model"}}]}""", chunk =>
            chunk["candidates"]?[0]?["content"]?["parts"]?[0]?["text"]
        ),
        Stream("ollama", """{"model":"m","message":{"role":"assistant","content":@},"done":false}""", chunk =>
            chunk["message"]?["content"]
        ),
        Stream(
            "tokens",
            """{"choices":[{"index":0,"delta":{"content":""},"logprobs":{"content":[@TOKEN]}}]}""",
            chunk => chunk["choices"]?[0]?["logprobs"]?["content"]?[0]?["token"]
        ),
        Events("events", """{"choices":[{"index":0,"delta":{"content":@}}]}""", chunk =>
            chunk["choices"]?[0]?["delta"]?["content"]
        ),
        Events(
            "event lines",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":@}}""",
            chunk => chunk["delta"]?["text"],
            asLines: true
        ),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Position Plain(
        string name,
        Func<string, string> encode,
        Func<string, string> decode,
        bool escapeAll = false
    ) =>
        new(
            name,
            (text, _) =>
                Document(
                    escapeAll
                        ? $"\"{string.Concat(encode(text).Select(unit => $"\\u{(int)unit:x4}"))}\""
                        : Quoted(encode(text))
                ),
            document => decode(JsonNode.Parse(document)!["response"]!["body"]!.GetValue<string>())
        );

    private static Position Stream(string name, string chunk, Func<JsonNode, JsonNode?> piece, bool isJson = false) =>
        new(
            name,
            (text, random) =>
                Document(
                    $"[{string.Join(",", Pieces(isJson ? Json(text) : $"it is {text} ok", random).Select(part => $$"""{"__type__":"x","__data__":{{Chunk(chunk, part)}}}"""))}]"
                ),
            document =>
                Joined(
                    JsonNode.Parse(document)!["response"]!["body"]!
                        .AsArray()
                        .Select(chunk => piece(chunk!["__data__"]!)),
                    isJson
                )
        );

    private static Position Events(string name, string chunk, Func<JsonNode, JsonNode?> piece, bool asLines = false) =>
        new(
            name,
            (text, random) =>
            {
                var lines = Pieces($"it is {text} ok", random)
                    .SelectMany(part => new[] { $"data: {Chunk(chunk, part)}", string.Empty })
                    .Append("data: [DONE]")
                    .ToList();
                return Document(
                    asLines ? $"[{string.Join(",", lines.Select(Quoted))}]" : Quoted(string.Join("\n", lines))
                );
            },
            document =>
            {
                var body = JsonNode.Parse(document)!["response"]!["body"]!;
                var lines = asLines
                    ? body.AsArray().Select(line => line!.GetValue<string>())
                    : body.GetValue<string>().Split('\n');
                return Joined(
                    lines
                        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                        .Select(line => piece(JsonNode.Parse(line[6..])!)),
                    isJson: false
                );
            }
        );

    private static string Document(string body) =>
        $$$"""{"request":{"method":"POST","url":"https://api.example.com/v1/x","headers":{},"body":{"model":"m"}},"response":{"body":{{{body}}},"is_streaming":false}}""";

    private static string Joined(IEnumerable<JsonNode?> pieces, bool isJson)
    {
        var text = string.Concat(pieces.Select(piece => piece!.GetValue<string>()));
        return isJson ? Parsed(text) : text;
    }

    private static IEnumerable<string> Pieces(string text, Random random)
    {
        for (var at = 0; at < text.Length; )
        {
            var length = Math.Min(random.Next(1, 9), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static string Chunk(string chunk, string part) =>
        chunk.Contains("@TOKEN", StringComparison.Ordinal)
            ? chunk.Replace("@TOKEN", Token(Quoted(part)), StringComparison.Ordinal)
            : chunk.Replace("@", Quoted(part), StringComparison.Ordinal);

    private static string Token(string piece)
    {
        var bytes = string.Join(",", Encoding.UTF8.GetBytes(JsonNode.Parse(piece)!.GetValue<string>()));
        return $$"""{"token":{{piece}},"bytes":[{{bytes}}],"logprob":-0.1,"top_logprobs":[{"token":{{piece}},"bytes":[{{bytes}}],"logprob":-0.1}]}""";
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Json(string text) =>
        new JsonObject
        {
            ["path"] = "a/b",
            ["settings"] = new JsonObject { ["note"] = text, ["n"] = 3 },
        }.ToJsonString();

    private static string Parsed(string json) => JsonNode.Parse(json)!["settings"]!["note"]!.GetValue<string>();

    private static string Wrap(string base64) => string.Join("\n", base64.Chunk(76).Select(line => new string(line)));
}
