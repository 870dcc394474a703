using System.Net;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>What a client gets for recordings that no real file shows, over HTTP and in process alike.</summary>
public class AnswerShapeTests
{
    public static TheoryData<bool> Transports => [true, false];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_late_error_comes_as_an_event_in_the_middle_of_the_stream(bool overHttp)
    {
        const string failing =
            """{"is_streaming":true,"body":[{"choices":[{"index":0,"delta":{"content":"Hel"}}]}],"is_exception":true,"exception_data":{"type":"APIError","message":"cut off","status_code":500}}""";
        await using var transport = new ReplayTransport(overHttp, [BuiltMatcher.Cassette("{}", response: failing)]);
        using var answer = await transport.AskAsync("{}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var events = (await answer.Content.ReadAsStringAsync()).Split("\n\n");
        Assert.Equal(3, events.Length);
        Assert.Equal("cut off", JsonNode.Parse(events[1]["data: ".Length..])!["error"]!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(true, "200", 500)]
    [InlineData(false, "-5", 500)]
    [InlineData(true, "99999", 500)]
    [InlineData(false, "99999", 500)]
    [InlineData(true, "529", 529)]
    public async Task A_status_that_says_no_error_becomes_one(bool overHttp, string recorded, int status)
    {
        var failing =
            $$"""{"is_streaming":false,"body":null,"is_exception":true,"exception_data":{"message":"no","status_code":{{recorded}} } }""";
        await using var transport = new ReplayTransport(overHttp, [BuiltMatcher.Cassette("{}", response: failing)]);
        using var answer = await transport.AskAsync("{}");
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Recorded_headers_come_but_for_those_that_would_break_the_answer(bool overHttp)
    {
        const string details =
            """{"headers":{"x-request-id":"r1","content-encoding":"gzip","content-length":"1","transfer-encoding":"chunked","bad name":"x","x-split":"a\r\nx-evil: 1","content-type":"a\r\nx-evil: 1"}}""";
        await using var transport = new ReplayTransport(overHttp, [BuiltMatcher.Cassette("{}", details: details)]);
        using var answer = await transport.AskAsync("{}");
        Assert.Equal("""{"id":"1"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("r1", Assert.Single(answer.Headers.GetValues("x-request-id")));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.DoesNotContain(answer.Headers.Concat(answer.Content.Headers), header =>
            header.Key is "x-evil" or "x-split" or "bad name"
        );
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Lists_of_models_are_united_and_each_model_is_there(bool overHttp)
    {
        const string list =
            """{"is_streaming":false,"body":[{"__type__":"openai.types.model.Model","__data__":{"id":"%1","object":"model"}},{"__type__":"openai.types.model.Model","__data__":{"id":"org/%2","object":"model"}}]}""";
        Cassette List(string name, string one, string other) =>
            BuiltMatcher.Cassette(
                "{}",
                "/v1/models",
                name: name,
                response: list.Replace("%1", one, StringComparison.Ordinal)
                    .Replace("%2", other, StringComparison.Ordinal)
            );
        await using var transport = new ReplayTransport(
            overHttp,
            [
                List("a.json", "b", "d"),
                List("b.json", "a", "d"),
                BuiltMatcher.Cassette("""{"model":"z"}""", name: "c.json"),
            ]
        );
        for (var i = 0; i < 2; i++)
        {
            var models = JsonNode.Parse(await transport.ReadAsync(null, "/v1/models"))!;
            Assert.Equal("list", models["object"]!.GetValue<string>());
            Assert.Equal(
                ["a", "b", "org/d"],
                models["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>())
            );
        }

        Assert.Equal(
            "org/d",
            JsonNode.Parse(await transport.ReadAsync(null, "/v1/models/org/d"))!["id"]!.GetValue<string>()
        );
        Assert.Equal("z", JsonNode.Parse(await transport.ReadAsync(null, "/v1/models/z"))!["id"]!.GetValue<string>());
        using var unknown = await transport.AskAsync(null, "/v1/models/none");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData(
        true,
        "/v1/models",
        """{"object":"list","data":[{"id":"x","object":"model","created":0,"owned_by":"cassette"},{"id":"y","object":"model","created":0,"owned_by":"cassette"}]}"""
    )]
    [InlineData(false, "/api/tags", """{"models":[{"name":"x","model":"x"},{"name":"y","model":"y"}]}""")]
    public async Task Without_a_recorded_list_the_models_of_the_cassettes_are_listed(
        bool overHttp,
        string target,
        string list
    )
    {
        await using var transport = new ReplayTransport(
            overHttp,
            [
                BuiltMatcher.Cassette("""{"model":"y"}""", name: "a.json"),
                BuiltMatcher.Cassette("""{"model":"x"}""", name: "b.json"),
            ]
        );
        Assert.Equal(list, await transport.ReadAsync(null, target));
        Assert.Equal(RequestOutcome.Listed, Assert.Single(transport.Requests).Outcome);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Embeddings_come_in_the_form_that_is_asked_for(bool overHttp)
    {
        const string numbers = "[0.5,-1,1.0000001]";
        var text = Convert.ToBase64String([.. new[] { 0.5f, -1f, 1.0000001f }.SelectMany(BitConverter.GetBytes)]);
        Cassette Recorded(string input, string embedding) =>
            BuiltMatcher.Cassette(
                $$"""{"input":"{{input}}"}""",
                "/v1/embeddings",
                name: $"{input}.json",
                response: $$"""{"is_streaming":false,"body":{"__type__":"x","__data__":{"data":[{"embedding":{{embedding}},"index":0}]} } }"""
            );
        await using var transport = new ReplayTransport(
            overHttp,
            [
                Recorded("n", numbers),
                Recorded("t", $"\"{text}\""),
                Recorded("odd", "[1,\"x\"]"),
                Recorded("word", "\"no base64!\""),
            ]
        );
        string Asked(string input, string format) => $$"""{"input":"{{input}}","encoding_format":"{{format}}"}""";
        string Embeddings(string embedding) => $$"""{"data":[{"embedding":{{embedding}},"index":0}]}""";
        Assert.Equal(Embeddings(numbers), await transport.ReadAsync(Asked("n", "float"), "/v1/embeddings"));
        Assert.Equal(Embeddings($"\"{text}\""), await transport.ReadAsync(Asked("n", "base64"), "/v1/embeddings"));
        Assert.Equal(Embeddings($"\"{text}\""), await transport.ReadAsync(Asked("t", "base64"), "/v1/embeddings"));
        Assert.Equal(Embeddings(numbers), await transport.ReadAsync(Asked("t", "float"), "/v1/embeddings"));
        Assert.Equal(Embeddings("[1,\"x\"]"), await transport.ReadAsync(Asked("odd", "base64"), "/v1/embeddings"));
        Assert.Equal(Embeddings("\"no base64!\""), await transport.ReadAsync(Asked("word", "float"), "/v1/embeddings"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task HEAD_gives_the_head_without_a_body(bool overHttp)
    {
        await using var transport = new ReplayTransport(overHttp, [BuiltMatcher.Cassette("{}", "/v1/models/x", "GET")]);
        using var answer = await transport.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/models/x"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("a.json", Assert.Single(answer.Headers.GetValues("x-cassette")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_cassette_is_named_in_the_answer_as_a_request_may_name_it(bool overHttp)
    {
        Cassette[] cassettes =
        [
            BuiltMatcher.Cassette("{}", name: "x y/[é]% 1.json"),
            BuiltMatcher.Cassette("{}", name: "b.json"),
        ];
        await using var transport = new ReplayTransport(overHttp, cassettes);
        using var first = await transport.AskAsync("{}");
        var name = Assert.Single(first.Headers.GetValues("x-cassette"));
        using var again = await transport.AskAsync("{}", BuiltMatcher.Chat, ("x-cassette", name));
        Assert.Equal(name, Assert.Single(again.Headers.GetValues("x-cassette")));
        Assert.Same(cassettes[0], transport.Requests[1].Interaction?.Cassette);
    }

    [Theory]
    [InlineData(true, "X-OGX-Provider-Data")]
    [InlineData(false, "X-LlamaStack-Provider-Data")]
    public async Task A_test_is_named_by_the_header_of_the_recorders_clients(bool overHttp, string header)
    {
        await using var transport = new ReplayTransport(
            overHttp,
            [
                BuiltMatcher.Cassette("{}", name: "a.json", testId: "t::a"),
                BuiltMatcher.Cassette("{}", name: "b.json", testId: "t::b"),
            ]
        );
        using var answer = await transport.AskAsync("{}", BuiltMatcher.Chat, (header, """{"__test_id":"t::b"}"""));
        Assert.Equal("b.json", Assert.Single(answer.Headers.GetValues("x-cassette")));
        using var missed = await transport.AskAsync("{}", BuiltMatcher.Chat, (header, """{"__test_id":"t::c"}"""));
        Assert.Equal(HttpStatusCode.NotFound, missed.StatusCode);
    }

    [Theory]
    [InlineData(true, "/v1/chat/completions")]
    [InlineData(false, "/v1/messages")]
    [InlineData(true, "/api/chat")]
    public async Task A_miss_is_an_error_of_the_API_that_was_asked_with_all_differences(bool overHttp, string path)
    {
        await using var transport = new ReplayTransport(
            overHttp,
            [BuiltMatcher.Cassette("""{"model":"m","messages":[]}""", path)]
        );
        using var answer = await transport.AskAsync("""{"model":"n","messages":[]}""", "/base" + path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("false", Assert.Single(answer.Headers.GetValues("x-should-retry")));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var error = path == "/api/chat" ? body : body["error"]!;
        Assert.Equal(
            $"no recording matches POST /base{path}; nearest is a.json: model: recorded 'm', got 'n'",
            (path == "/api/chat" ? body["error"] : error["message"])!.GetValue<string>()
        );
        Assert.Equal("a.json", error["details"]!["nearest"]!.GetValue<string>());
        Assert.Equal(
            """{"pointer":"/model","kind":"Changed","message":"model: recorded \u0027m\u0027, got \u0027n\u0027","recorded":"m","received":"n"}""".Replace(
                "\\u0027",
                "'",
                StringComparison.Ordinal
            ),
            error["details"]!["differences"]![0]!.ToJsonString(
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        );
        var entry = Assert.Single(transport.Requests);
        Assert.Equal(
            (RequestOutcome.Missed, 404, "model: recorded 'm', got 'n'"),
            (entry.Outcome, entry.Status, entry.Miss?.Reason)
        );
    }
}
