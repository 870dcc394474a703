using System.Text;
using System.Text.Json;
using OpenAICassette.Traces;

namespace OpenAICassette.Tests;

public sealed class OtlpTraceTests
{
    private const string Question = """{"role":"user","content":"Weather in Rome?"}""";
    private const string Call =
        """{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}""";

    private static readonly Conversation s_asking = Read(
        $$"""{"model":"gpt-4o","temperature":0.5,"max_tokens":9,"messages":[{{Question}}],"tools":[{"type":"function","function":{"name":"weather"} }]}""",
        $$"""
        {"id":"r1","model":"gpt-4o-2024","usage":{"prompt_tokens":7,"completion_tokens":3,"completion_tokens_details":{"reasoning_tokens":2} },"choices":[{"index":0,
        "finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{{Call}}]} }]}
        """,
        ""","openai_cassette":{"recorded_at":"2026-11-01T10:00:00.250Z","ordinal":1,"status":200}"""
    );

    private static readonly Conversation s_answering = Read(
        $$"""
        {"model":"gpt-4o","messages":[{{Question}},{"role":"assistant","tool_calls":[{{Call}}]},
        {"role":"tool","tool_call_id":"c1","content":"sunny"}]}
        """,
        """{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Sunny."}}]}"""
    );

    [Fact]
    public void A_call_is_a_span_with_the_attributes_of_the_conventions()
    {
        var span = Spans(s_asking)[0];
        Assert.Equal("chat gpt-4o", span.GetProperty("name").GetString());
        Assert.Equal(3, span.GetProperty("kind").GetInt32());
        Assert.Equal("1793527200250000000", span.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal(
            (32, 16),
            (span.GetProperty("traceId").GetString()!.Length, span.GetProperty("spanId").GetString()!.Length)
        );
        var attributes = Attributes(span);
        Assert.Equal("chat", attributes["gen_ai.operation.name"]);
        Assert.Equal("openai", attributes["gen_ai.provider.name"]);
        Assert.Equal("gpt-4o", attributes["gen_ai.request.model"]);
        Assert.Equal("0.5", attributes["gen_ai.request.temperature"]);
        Assert.Equal("9", attributes["gen_ai.request.max_tokens"]);
        Assert.Equal("gpt-4o-2024", attributes["gen_ai.response.model"]);
        Assert.Equal("7", attributes["gen_ai.usage.input_tokens"]);
        Assert.Equal("2", attributes["gen_ai.usage.reasoning.output_tokens"]);
        Assert.Equal("api.openai.com", attributes["server.address"]);
        Assert.Equal("443", attributes["server.port"]);
        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"Weather in Rome?"}]}]""",
            attributes["gen_ai.input.messages"]
        );
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Rome"}}],"finish_reason":"tool_call"}]""",
            attributes["gen_ai.output.messages"]
        );
        Assert.False(span.GetProperty("status").TryGetProperty("code", out _));
    }

    [Fact]
    public void A_tool_call_is_a_span_below_the_call_where_a_later_request_has_its_result()
    {
        Assert.Single(Spans(s_asking));
        var spans = Spans(s_asking, s_answering);
        Assert.Equal(
            ["chat gpt-4o", "execute_tool weather", "chat gpt-4o"],
            spans.Select(span => span.GetProperty("name").GetString())
        );
        Assert.Single(spans.Select(span => span.GetProperty("traceId").GetString()).Distinct());
        Assert.Equal(spans[0].GetProperty("spanId").GetString(), spans[1].GetProperty("parentSpanId").GetString());
        Assert.Equal("sunny", Attributes(spans[1])["gen_ai.tool.call.result"]);
        Assert.Contains(
            """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"sunny"}]}""",
            Attributes(spans[2])["gen_ai.input.messages"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_failed_call_has_an_error()
    {
        var failed = Read(
            $$"""{"model":"gpt-4o","messages":[{{Question}}]}""",
            """{"error":{"message":"slow down","type":"rate_limit_error"}}""",
            ""","openai_cassette":{"ordinal":1,"status":429}"""
        );
        var span = Assert.Single(Spans(failed));
        Assert.Equal(2, span.GetProperty("status").GetProperty("code").GetInt32());
        Assert.Equal("slow down", span.GetProperty("status").GetProperty("message").GetString());
        Assert.Equal("rate_limit_error", Attributes(span)["error.type"]);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "openai")]
    [InlineData("https://x.openai.azure.com/openai/deployments/d/chat/completions", "azure.ai.openai")]
    [InlineData("http://localhost:11434/v1/chat/completions", "openai")]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "groq")]
    public void The_provider_is_known_by_the_host_else_by_the_API(string url, string provider)
    {
        var call = Read(
            $$"""{"messages":[{{Question}}]}""",
            """{"choices":[{"index":0,"message":{"content":"Hot."}}]}""",
            url: url
        );
        Assert.Equal(provider, Attributes(Assert.Single(Spans(call)))["gen_ai.provider.name"]);
    }

    [Fact]
    public void A_call_of_Gemini_generates_content()
    {
        var call = Read(
            """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""",
            """{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello."}]},"finishReason":"STOP"}]}""",
            url: "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent"
        );
        var attributes = Attributes(Assert.Single(Spans(call)));
        Assert.Equal(
            ("generate_content", "gcp.gemini"),
            (attributes["gen_ai.operation.name"], attributes["gen_ai.provider.name"])
        );
    }

    [Fact]
    public void A_call_that_no_model_answers_is_left_out() =>
        Assert.Empty(Spans(Read("{}", """{"data":[]}""", url: "https://api.openai.com/v1/models")));

    [Fact]
    public void The_same_recordings_are_the_same_bytes_and_each_request_is_limited()
    {
        Conversation[] calls = [s_asking, s_answering];
        var requests = new OtlpTrace(calls).Requests(1).ToList();
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests, new OtlpTrace(calls).Requests(1));
    }

    [Fact]
    public void Recordings_of_every_era_are_written()
    {
        var conversations = CassetteStore
            .Load(CassetteStore.Find(SharedData.Recordings, recurse: true).Take(200))
            .Select(load => load.Cassette)
            .OfType<Cassette>()
            .SelectMany(cassette => cassette.Interactions)
            .Select(ConversationAssembler.Assemble)
            .ToList();
        Assert.NotEmpty(Spans([.. conversations]));
    }

    private static List<JsonElement> Spans(params Conversation[] conversations) =>
        [
            .. new OtlpTrace(conversations)
                .Requests(100)
                .Select(request => JsonDocument.Parse(request).RootElement)
                .SelectMany(request => request.GetProperty("resourceSpans").EnumerateArray())
                .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray())
                .SelectMany(scope => scope.GetProperty("spans").EnumerateArray()),
        ];

    private static Dictionary<string, string> Attributes(JsonElement span) =>
        span.GetProperty("attributes")
            .EnumerateArray()
            .ToDictionary(
                attribute => attribute.GetProperty("key").GetString()!,
                attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString()
            );

    private static Conversation Read(string body, string response, string more = "", string? url = null)
    {
        url ??= "https://api.openai.com/v1/chat/completions";
        var text = $$"""
            {"request":{"method":"POST","url":"{{url}}","endpoint":"{{new Uri(url).AbsolutePath}}","body":{{body}}},
            "response":{"body":{{response}},"is_streaming":false}{{more}}}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ConversationAssembler.Assemble(CassetteStore.Open(stream, "built.json").Interactions[0]);
    }
}
