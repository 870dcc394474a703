using System.Text;
using OpenAICassette.Conversations;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>What stands at the top of a page, and where times are known.</summary>
public class PageFactsTests
{
    private const string Url = "https://api.example.com/v1/chat/completions";

    [Fact]
    public void The_facts_of_a_call_stand_before_its_turns()
    {
        var page = HtmlPage.Render([Merged(1)]);
        Assert.Equal(
            "model=gpt-4o → gpt-4o-1|status=200|finish=tool_calls|started=2026-01-02 03:04:05 UTC|duration=1.50 s|"
                + "input=1,200 tokens, 1,000 cached|output=34 tokens, 4 reasoning",
            Facts(page)
        );
        Assert.InRange(
            page.IndexOf("class=\"facts\"", StringComparison.Ordinal),
            1,
            page.IndexOf("class=\"turn", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_price_adds_the_cost_and_only_where_it_is_known()
    {
        var priced = new PageOptions { Price = model => model == "gpt-4o" ? new TokenPrice(1, 10, 0.5m) : null };
        Assert.Contains("|cost=0.00104", Facts(HtmlPage.Render([Merged(1)], priced)), StringComparison.Ordinal);
        var other = new PageOptions { Price = _ => null };
        Assert.DoesNotContain("cost=", Facts(HtmlPage.Render([Merged(1)], other)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merged_conversation_has_its_facts_and_those_of_each_call()
    {
        var page = HtmlPage.Render([Merged(2)]);
        Assert.Equal(3, page.Split("class=\"facts\"").Length - 1);
        Assert.StartsWith("calls=2|model=gpt-4o → gpt-4o-1|", Facts(page), StringComparison.Ordinal);
        Assert.Contains("|duration=5.00 s|", Facts(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_waterfall_shows_calls_and_the_tools_between_them_on_one_axis()
    {
        var page = HtmlPage.Render([Merged(2)]);
        var lanes = System
            .Text.RegularExpressions.Regex.Matches(
                page,
                "<i class=\"(\\w+)\" style=\"left:([\\d.]+)%;width:([\\d.]+)%\">"
            )
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}");
        Assert.Equal(["call 0 30", "tool 30 40", "call 70 30"], lanes);
        Assert.Contains("<span>0 s</span><span>1.25 s</span>", page, StringComparison.Ordinal);
        Assert.Contains(">f</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("waterfall\"", HtmlPage.Render([Merged(1)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_turn_has_an_anchor_of_its_own_also_in_a_list()
    {
        foreach (var page in new[] { HtmlPage.Render([Merged(2)]), HtmlPage.Render([Merged(1), Merged(2)]) })
        {
            var ids = System
                .Text.RegularExpressions.Regex.Matches(page, " id=\"([^\"]+)\"")
                .Select(match => match.Groups[1].Value)
                .ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            var targets = System.Text.RegularExpressions.Regex.Matches(page, "href=\"#([^\"]+)\"");
            Assert.All(targets, target => Assert.Contains(target.Groups[1].Value, ids));
        }
    }

    [Theory]
    [InlineData("### Explain **this** `code`\n\n- please", "Explain this code please")]
    [InlineData("> quoted\n---\n# A", "quoted A")]
    [InlineData("2 * 3 = 6", "2 * 3 = 6")]
    [InlineData("* one\n1. two", "one 1. two")]
    [InlineData("-5 degrees", "-5 degrees")]
    [InlineData("__init__ and *x*", "init and x")]
    [InlineData(
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe kind.<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\nHello there<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        "Hello there"
    )]
    [InlineData("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi you<|im_end|>", "Hi you")]
    [InlineData("<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe kind.<|eot_id|>", "Be kind.")]
    [InlineData("<s>[INST] <<SYS>> Be kind. <</SYS>> Hello [/INST]", "Be kind. Hello")]
    [InlineData("<｜User｜>Name it.<｜Assistant｜>", "Name it.")]
    [InlineData("a <|> b", "a &lt;|&gt; b")]
    public void A_title_is_plain_words(string asked, string title)
    {
        var cassette = BuiltCassette.Of(
            new { body = new { choices = Array.Empty<object>() } },
            new { messages = new[] { new { role = "user", content = asked } } }
        );
        Assert.Contains(
            $"<title>{title}</title>",
            HtmlPage.Render([new Transcript(cassette.Conversation())]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_a_question_the_title_is_what_was_called()
    {
        var cassette = BuiltCassette.Of(new { body = new { choices = Array.Empty<object>() } });
        Assert.Contains(
            "<title>POST /v1/chat/completions</title>",
            HtmlPage.Render([new Transcript(cassette.Conversation())]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(5, null, "5 input tokens")]
    [InlineData(null, 7, "7 output tokens")]
    [InlineData(5, 7, "5 + 7 tokens")]
    [InlineData(5, 0, "5 + 0 tokens")]
    public void No_count_is_told_that_was_not_reported(int? prompt, int? completion, string expected) =>
        Assert.Equal(expected, new Usage { PromptTokens = prompt, CompletionTokens = completion }.ToString());

    [Fact]
    public void An_error_is_its_status_type_and_message_and_the_rest_is_folded()
    {
        var cassette = BuiltCassette.Of(
            new
            {
                status = 429,
                is_streaming = false,
                body = new
                {
                    error = new
                    {
                        message = "Slow <down>.",
                        type = "rate_limit_error",
                        code = "rate",
                    },
                },
            }
        );
        var page = HtmlPage.Render([new Transcript(cassette.Conversation())]);
        Assert.Contains(
            "<p class=\"failure\"><b>429</b> <b>rate_limit_error</b> Slow &lt;down&gt;.</p>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<b>error details</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_instructions_and_lists_are_folded()
    {
        var talk = BuiltCassette.Of(
            new { body = new { choices = Array.Empty<object>() } },
            new
            {
                messages = new[]
                {
                    new { role = "system", content = string.Concat(Enumerable.Repeat("Be kind. ", 100)) },
                    new { role = "user", content = string.Concat(Enumerable.Repeat("Be kind. ", 100)) },
                },
            }
        );
        var page = HtmlPage.Render([new Transcript(talk.Conversation())]);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "<b>instructions</b>"));
        var models = BuiltCassette.Of(
            new { body = new { data = Enumerable.Range(0, 9).Select(i => new { id = $"m{i}", @object = "model" }) } }
        );
        Assert.Contains(
            "<b>9 lines</b>",
            HtmlPage.Render([new Transcript(models.Conversation())]),
            StringComparison.Ordinal
        );
    }

    private static string Facts(string page) =>
        string.Join(
            '|',
            System
                .Text.RegularExpressions.Regex.Matches(
                    page.Split("class=\"facts\"")[1].Split("</dl>")[0],
                    "<dt>(.*?)</dt><dd>(.*?)</dd>"
                )
                .Select(match => $"{match.Groups[1].Value}={match.Groups[2].Value}")
        );

    /// <summary>A call of a tool that took 1.5 s, and after 2 s of the tool a second call, in an HTTP archive.</summary>
    private static Transcript Merged(int count)
    {
        var user = """{"role":"user","content":"Do it."}""";
        var call =
            """{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}""";
        var result = """{"role":"tool","tool_call_id":"1","content":"done"}""";
        string[] entries =
        [
            Entry("05.000", $"[{user}]", call, "tool_calls"),
            Entry("08.500", $"[{user},{call},{result}]", """{"role":"assistant","content":"Done."}""", "stop"),
        ];
        var har =
            $$$"""{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[{{{string.Join(',', entries.Take(count))}}}]}}""";
        var cassette = CassetteStore.Open(Encoding.UTF8.GetBytes(har), CassetteOrigin.OfMemory("built.har"));
        return new Transcript(
            Assert.Single(ConversationMerger.Merge(cassette.Interactions.Select(ConversationAssembler.Assemble)))
        );
    }

    private static string Entry(string second, string messages, string message, string finish)
    {
        var request = $$$"""{"model":"gpt-4o","messages":{{{messages}}} }""";
        var response = $$$"""
            {"model":"gpt-4o-1","choices":[{"index":0,"message":{{{message}}},"finish_reason":"{{{finish}}}"}],
            "usage":{"prompt_tokens":1200,"completion_tokens":34,"total_tokens":1234,
            "prompt_tokens_details":{"cached_tokens":1000},"completion_tokens_details":{"reasoning_tokens":4} } }
            """;
        return $$$"""
            {"startedDateTime":"2026-01-02T03:04:{{{second}}}Z","time":1500,
            "request":{"method":"POST","url":"{{{Url}}}","httpVersion":"HTTP/1.1","headers":[],"queryString":[],
            "cookies":[],"headersSize":-1,"bodySize":-1,
            "postData":{"mimeType":"application/json","text":{{{Quoted(request)}}} } },
            "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"cookies":[],
            "redirectURL":"","headersSize":-1,"bodySize":-1,
            "content":{"size":1,"mimeType":"application/json","text":{{{Quoted(response)}}} } },
            "cache":{},"timings":{"send":0,"wait":1500,"receive":0} }
            """;
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
