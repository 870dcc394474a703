using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

public class MergeTests
{
    [Fact]
    public void A_tool_loop_is_one_conversation_in_whatever_order_its_calls_come()
    {
        var calls = Loop("a.json", 40);
        var expected = Assert.Single(Merge(calls));
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var shuffled = calls.ToArray();
            new Random(seed).Shuffle(shuffled);
            var merged = Assert.Single(Merge(shuffled));
            Assert.Equal(
                expected.Turns.Select(turn => $"{turn.Source} {turn}"),
                merged.Turns.Select(turn => $"{turn.Source} {turn}")
            );
        }

        Assert.Equal(40, expected.Conversations.Count);
        Assert.Equal(1 + (39 * 2) + 1, expected.Turns.Count);
        Assert.Equal("call 0", expected.Turns[0].Text);
        Assert.Equal(
            ["a.json", "a.json", "a1.json", "a1.json", "a2.json"],
            expected.Turns.Take(5).Select(turn => turn.Source)
        );
        Assert.Equal(40 * 3, expected.Usage!.PromptTokens);
    }

    [Fact]
    public void Conversations_that_have_nothing_in_common_stay_apart() =>
        Assert.Equal(2, Merge([.. Loop("a.json", 3), .. Loop("b.json", 3)]).Count);

    [Fact]
    public void Two_that_go_on_from_one_both_begin_with_it()
    {
        var first = Call("one.json", [User("hi")], "hello");
        var merged = Merge([
            first,
            Call("two.json", [User("hi"), Assistant("hello"), User("and?")], "so"),
            Call("three.json", [User("hi"), Assistant("hello"), User("what?")], "that"),
        ]);
        Assert.Equal(
            [
                ["one.json", "two.json"],
                ["one.json", "three.json"],
            ],
            merged.Select(transcript =>
                transcript.Conversations.Select(conversation => conversation.Interaction.Cassette.Name)
            )
        );
    }

    [Fact]
    public void A_request_that_tells_another_answer_does_not_go_on_from_it() =>
        Assert.Equal(
            2,
            Merge([
                Call("one.json", [User("hi")], "hello"),
                Call("two.json", [User("hi"), Assistant("good day"), User("and?")], "so"),
            ]).Count
        );

    [Fact]
    public void An_answer_may_be_told_without_the_white_space_around_it() =>
        Assert.Single(
            Merge([
                Call("one.json", [User("hi")], " hello\n"),
                Call("two.json", [User("hi"), Assistant("hello"), User("and?")], "so"),
            ])
        );

    [Fact]
    public void A_request_may_name_the_answer_that_it_goes_on_from()
    {
        var first = Open(
            "one.json",
            new { input = "hi" },
            new
            {
                id = "resp_1",
                @object = "response",
                output = new[] { new { type = "message", content = new[] { new { text = "hello" } } } },
            }
        );
        var second = Open(
            "two.json",
            new { input = "and?", previous_response_id = "resp_1" },
            new
            {
                id = "resp_2",
                @object = "response",
                output = new[] { new { type = "message", content = new[] { new { text = "so" } } } },
            }
        );
        var merged = Assert.Single(Merge([second, first]));
        Assert.Equal(["hi", "hello", "and?", "so"], merged.Turns.Select(turn => turn.Text));
    }

    [Fact]
    public void A_run_of_hundreds_of_calls_that_branch_gives_the_same_conversations_in_whatever_order_they_come()
    {
        var calls = Run(tasks: 30, depth: 8);
        Assert.Equal(30 * (4 + 8), calls.Count);
        var expected = Chains(calls);
        Assert.Equal(30 * 2, expected.Count);
        Assert.All(expected, chain => Assert.Equal(8, chain.Split(" > ").Length));
        foreach (var seed in Enumerable.Range(1, 3))
        {
            var shuffled = calls.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Chains(shuffled));
        }
    }

    [Fact]
    public void Of_two_recordings_of_one_call_the_first_by_name_is_gone_on_from()
    {
        Cassette[] calls =
        [
            Call("two.json", [User("hi")], "hello"),
            Call("one.json", [User("hi")], "hello"),
            Call("z.json", [User("hi"), Assistant("hello"), User("and?")], "so"),
        ];
        Assert.Equal(Chains(calls), Chains(calls.Reverse()));
        Assert.Contains("one.json > z.json", Chains(calls));
    }

    [Fact]
    public void Each_call_s_settings_are_told_where_they_differ()
    {
        var transcript = Assert.Single(
            Merge([
                Open(
                    "one.json",
                    new
                    {
                        model = "m",
                        temperature = 0.5,
                        top_p = 1,
                        messages = new[] { User("hi") },
                    },
                    Answer("hello")
                ),
                Open(
                    "two.json",
                    new
                    {
                        model = "n",
                        temperature = 0.5,
                        messages = new[] { User("hi"), Assistant("hello"), User("and?") },
                    },
                    Answer("so")
                ),
            ])
        );
        var text = transcript.ToString();
        Assert.Contains("[cassette] one.json · model m · top_p 1\n", text, StringComparison.Ordinal);
        Assert.Contains("[cassette] two.json · model n · top_p not given\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "one.json · model m · top_p 1<",
            Transcripts.HtmlPage.Render([transcript]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Settings_are_compared_whole_and_told_in_short()
    {
        static object[] Tools(string last) =>
            [
                .. Enumerable
                    .Range(0, 30)
                    .Select(i => $"tool_{i}")
                    .Append(last)
                    .Select(name => new { type = "function", function = new { name } }),
            ];
        var text = Assert
            .Single(
                Merge([
                    Open(
                        "one.json",
                        new
                        {
                            stop = new string('x', 100) + "1",
                            tools = Tools("a"),
                            messages = new[] { User("hi") },
                        },
                        Answer("hello")
                    ),
                    Open(
                        "two.json",
                        new
                        {
                            stop = new string('x', 100) + "2",
                            tools = Tools("b"),
                            messages = new[] { User("hi"), Assistant("hello"), User("and?") },
                        },
                        Answer("so")
                    ),
                ])
            )
            .ToString();
        var captions = text.Split('\n').Where(line => line.Contains("[cassette]", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, captions.Count);
        Assert.All(captions, caption =>
            Assert.Matches(@"\.json · stop x{59}… · tools tool_0, tool_1, [^·]{43}…$", caption)
        );
    }

    [Fact]
    public void Every_answer_of_the_recordings_is_in_some_conversation()
    {
        var all = SharedData.Files.Select(file => CassetteStore.Open(file).Conversation()).ToList();
        var chains = ConversationMerger.Merge(all);
        Assert.Equal(all.Count, chains.SelectMany(chain => chain.Select(link => link.Conversation)).Distinct().Count());
        Assert.Contains(chains, chain => chain.Count > 1);
    }

    private static List<Transcript> Merge(IEnumerable<Cassette> cassettes) =>
        [
            .. ConversationMerger
                .Merge(cassettes.Select(cassette => cassette.Conversation()))
                .Select(chain => new Transcript(chain)),
        ];

    /// <summary>Calls of a tool loop: each sends all that was said before.</summary>
    private static List<Cassette> Loop(string name, int count)
    {
        var messages = new List<object> { User($"call {(name == "a.json" ? 0 : 1)}") };
        var calls = new List<Cassette>();
        for (var i = 0; i < count; i++)
        {
            var id = $"{name} {i}";
            var call = new
            {
                id,
                type = "function",
                function = new { name = "f", arguments = $$"""{"i": {{i}}}""" },
            };
            calls.Add(
                Open(
                    i == 0 ? name : name.Replace(".", $"{i}.", StringComparison.Ordinal),
                    new { messages = messages.ToArray() },
                    new
                    {
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                message = new
                                {
                                    role = "assistant",
                                    content = (string?)null,
                                    tool_calls = new[] { call },
                                },
                            },
                        },
                        usage = new { prompt_tokens = 3 },
                    }
                )
            );
            messages.Add(new { role = "assistant", tool_calls = new[] { call } });
            messages.Add(
                new
                {
                    role = "tool",
                    tool_call_id = id,
                    content = $"result {i}",
                }
            );
        }

        return calls;
    }

    /// <summary>
    /// Calls of an agent: tasks that go on in two ways halfway, with one, two or three tool calls at once, each call
    /// sending all before.
    /// </summary>
    private static List<Cassette> Run(int tasks, int depth)
    {
        var calls = new List<Cassette>();
        for (var task = 0; task < tasks; task++)
        {
            List<object> begun = [new { role = "system", content = "You are an agent." }, User($"task {task}")];
            Steps(begun, $"{task:00}", 0, depth / 2);
            foreach (var way in (string[])["a", "b"])
            {
                Steps([.. begun, User($"way {way}")], $"{task:00}{way}", depth / 2, depth);
            }
        }

        return calls;

        void Steps(List<object> messages, string name, int from, int to)
        {
            for (var step = from; step < to; step++)
            {
                var tools = Enumerable
                    .Range(0, 1 + (step % 3))
                    .Select(i => new
                    {
                        id = $"{name}-{step}-{i}",
                        type = "function",
                        function = new { name = "f", arguments = $$"""{"i": {{i}}}""" },
                    })
                    .ToArray();
                var answer = new
                {
                    role = "assistant",
                    content = $"step {step}",
                    tool_calls = tools,
                };
                calls.Add(
                    Open(
                        $"{name}-{step}.json",
                        new { messages = messages.ToArray() },
                        new { choices = new[] { new { index = 0, message = answer } } }
                    )
                );
                messages.Add(answer);
                messages.AddRange(
                    tools.Select(tool => new
                    {
                        role = "tool",
                        tool_call_id = tool.id,
                        content = $"result of {tool.id}",
                    })
                );
            }
        }
    }

    private static List<string> Chains(IEnumerable<Cassette> calls) =>
        [
            .. Merge(calls)
                .Select(transcript =>
                    string.Join(" > ", transcript.Conversations.Select(call => call.Interaction.Cassette.Name))
                )
                .Order(StringComparer.Ordinal),
        ];

    private static object Answer(string content) =>
        new { choices = new[] { new { index = 0, message = new { role = "assistant", content } } } };

    private static object User(string content) => new { role = "user", content };

    private static object Assistant(string content) => new { role = "assistant", content };

    private static Cassette Call(string name, object[] messages, string answer) =>
        Open(name, new { messages }, Answer(answer));

    private static Cassette Open(string name, object body, object answer)
    {
        var recording = new JsonObject
        {
            ["request"] = new JsonObject { ["url"] = "x", ["body"] = JsonSerializer.SerializeToNode(body) },
            ["response"] = new JsonObject { ["body"] = JsonSerializer.SerializeToNode(answer) },
        };
        return CassetteStore.Open(JsonSerializer.SerializeToUtf8Bytes(recording), CassetteOrigin.OfMemory(name));
    }
}
