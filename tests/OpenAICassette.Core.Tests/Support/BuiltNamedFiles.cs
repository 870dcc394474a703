using static OpenAICassette.Tests.BuiltFile;

namespace OpenAICassette.Tests;

/// <summary>
/// The recordings of the built corpus that differ in what gives them their names, and those of which something is
/// wrong.
/// </summary>
internal static class BuiltNamedFiles
{
    private const string Responses = "head/responses/recordings";
    private const string Chat = "/v1/chat/completions";
    private const string Url = "https://api.example.com/v1/v1/chat/completions";
    private const string Bedrock = "https://bedrock-runtime.example.com/openai/v1/v1/chat/completions";
    private const string NoKey = "none";

    public static IEnumerable<BuiltFile> All =>
        [
            .. Algorithms,
            Call("history/2025-10-04_045a0c1d5", "7fee", Chat, Hello("Era four"), Answer("4")).OfE4(),
            .. Wrong,
        ];

    private static IEnumerable<BuiltFile> Algorithms =>
        [
            Named(
                "2443581bf4a71f7b",
                "h2",
                """{"messages":[{"role":"user","content":"Hi"}],"model":"m","temperature":0.1234567}""",
                """{"messages": [{"content": "Hi", "role": "user"}], "model": "m", "temperature": 0.1234567}"""
            ),
            Named("1e171766576921b1", "h3,h3b,h4,h5", Hello("score: 0.1234567"), Hashed("score: 0.12346")),
            Named("df8f92d7d926f80e", "h3,h3b,h4,h5,h6", Hello("at 1.23456789"), Hashed("at 1.23457")),
            Named(
                "1f7f4726b3271546",
                "h4,h5,h6",
                """{"messages":[{"role":"user","content":"Hi"}],"model":"m","stream_options":{"include_usage":true}}""",
                """{"messages": [{"content": "Hi", "role": "user"}], "model": "m"}""",
                Bedrock
            ),
            Named(
                "1a5a9da6382b176b",
                "h5,h6",
                """{"extra_body":{"project_id":"p"},"messages":[{"role":"user","content":"Hi"}],"model":"m"}""",
                """{"extra_body": {}, "messages": [{"content": "Hi", "role": "user"}], "model": "m"}"""
            ),
            Named(
                "912468ad85f5b2a6",
                "h6",
                Hello("a score: 0.1234567, attributes: {} b"),
                Hashed("a score: __NORMALIZED__ b")
            ),
            Named("65913b9e85ac6281", NoKey, Hello("unknown one"), Hashed("something else")),
            Named("91a2e90669fe4ee5", NoKey, Hello("at 2.3456789"), Hashed("at 2.345679")),
            Named("4094a6c77e0e1866", NoKey, Hello("unknown two"), Hashed("unknown three")),
        ];

    private static IEnumerable<BuiltFile> Wrong =>
        [
            Call(
                Responses,
                "wrong-id",
                Chat,
                Hello("Another id"),
                Answer("id").Replace(Id, "\"rec-0123456789ab\"", StringComparison.Ordinal)
            ),
            Call(
                Responses,
                "wrong-folder",
                Chat,
                Hello("Elsewhere"),
                Answer("there"),
                BuiltChatFiles.Test("agents", "test_elsewhere")
            ),
            Call(
                Responses,
                "wrong-total",
                Chat,
                Hello("Count"),
                Answer("three").Replace("\"total_tokens\":3", "\"total_tokens\":4", StringComparison.Ordinal)
            ),
            Call(Responses, "copied", Chat, Hello("Copy"), Answer("copy")),
            Call("head/vector_io/recordings", "copy", Chat, Hello("Copy"), Answer("copy")),
            Call("head/vector_io/recordings", "first-name", Chat, Hello("Name"), Answer("first")),
            Call("head/files/recordings", "same-name", Chat, Hello("Name"), Answer("second")),
        ];

    /// <summary>A call whose name was made of another text than the algorithms from H2 on make of it.</summary>
    private static BuiltFile Named(string alias, string algorithms, string body, string hashed, string url = Url)
    {
        var path = url[url.IndexOf('/', "https://".Length)..];
        var key = HashOf($$"""{"body": {{hashed}}, "endpoint": "{{path}}", "method": "POST", "test_id": null}""");
        var call = Call(Responses, alias, Chat, body, Answer("x"), url: url);
        var json = call.Json.Replace(call.Name[..12], key[..12], StringComparison.Ordinal);
        return call with { Name = $"{key}.json", Json = json, Algorithms = algorithms };
    }

    private static string Hello(string text) => BuiltChatFiles.Request("m", text);

    private static string Hashed(string text) =>
        $$"""{"messages": [{"content": "{{text}}", "role": "user"}], "model": "m"}""";

    private static string Answer(string text) =>
        BuiltChatFiles.Answer($$"""{"content":"{{text}}","role":"assistant"}""", 2, 1);
}
