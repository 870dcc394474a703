using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>The SDKs of OpenAI and Anthropic for node ask a server, and report what the cassettes hold.</summary>
public class NodeClientTests
{
    [NodeFact]
    public async Task The_example_is_streamed_to_the_SDK()
    {
        var call = RecordedCall.Read(Repository.Capitals, Path.GetDirectoryName(Repository.Capitals)!);
        var answers = await NodeClients.AskAsync(
            Repository.Capitals,
            [(call, "chat", call.Body), (call, "chatHelper", call.Body)]
        );
        Assert.Equal(
            "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.",
            call.Answer.Choices[0].Text
        );
        Assert.All(answers, answer => Assert.Equal(call.Answer.ToString(), Chat(answer)));
    }

    [NodeFact]
    public async Task Choices_refusals_probabilities_and_parallel_tool_calls_are_what_the_SDK_reports()
    {
        using var folder = new BuiltChats();
        await CheckAsync(folder.FullName, folder.Calls, "chat", call => call.Answer.ToString(), Chat);
    }

    [NodeFact]
    public async Task The_SDK_puts_parallel_tool_calls_of_a_stream_together()
    {
        using var folder = new BuiltChats();
        var call = folder.Calls.Single(one => one.Cassette == "tools-stream.json");
        var answer = Assert.Single(await NodeClients.AskAsync(folder.FullName, [(call, "chatHelper", call.Body)]));
        Assert.True(answer.Member("error") is null, answer.ToString());
        var tools = answer.GetProperty("choices")[0].GetProperty("tools").Deserialize<List<JsonElement>>()!;
        Assert.Equal(
            ["call_a get_weather {\"city\":\"Oslo\"}", "call_b get_time {}"],
            tools.Select(tool =>
                $"{tool.Member("id").Text()} {tool.Member("name").Text()} {tool.Member("arguments").Text()}"
            )
        );
    }

    [NodeFact]
    public Task Every_recorded_chat_is_what_the_SDK_reports() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/chat/completions", 390, call => !call.IsFailure),
            "chat",
            call => call.Answer.ToString(),
            Chat
        );

    [NodeFact]
    public Task Recorded_completions_are_what_the_SDK_reports() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/completions", 3, call => call.Body.ContainsKey("prompt")),
            "completions",
            call =>
            {
                var choices = call.Objects.SelectMany(one => one.Member("choices").Elements()).ToList();
                return JsonSerializer.Serialize(
                    new
                    {
                        text = string.Concat(choices.Select(choice => choice.Member("text").Text())),
                        finish = choices
                            .Select(choice => choice.Member("finish_reason").Text())
                            .LastOrDefault(reason => reason is not null),
                    }
                );
            },
            answer => JsonSerializer.Serialize(answer)
        );

    [NodeFact]
    public async Task Recorded_embeddings_are_what_the_SDK_reports_whichever_form_it_asks_for()
    {
        var calls = Calls("/v1/embeddings", 10, _ => true);
        foreach (var format in (string?[])[null, "float"])
        {
            await CheckAsync(
                SharedData.Recordings,
                calls,
                "embeddings",
                call => Numbers(call.Embeddings),
                answer => Numbers(answer.GetProperty("embeddings").Deserialize<List<float[]>>()!),
                body =>
                {
                    body.Remove("encoding_format");
                    if (format is not null)
                    {
                        body["encoding_format"] = format;
                    }
                }
            );
        }
    }

    [NodeFact]
    public Task Recorded_lists_of_models_are_what_the_SDK_reports() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/models", 40, _ => true),
            "models",
            call => JsonSerializer.Serialize(new { models = call.ModelIds }),
            answer => JsonSerializer.Serialize(answer)
        );

    [NodeFact]
    public Task Recorded_failures_are_errors_of_the_SDK() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/chat/completions", 10, call => call.IsFailure),
            "chat",
            call => $"BadRequestError {call.Status} {call.Status} {call.Failure}",
            answer => $"{answer.Member("error").Text()} {answer.Member("status")} {answer.Member("message").Text()}"
        );

    [NodeFact]
    public async Task A_miss_is_an_error_that_names_the_difference()
    {
        var call = RecordedCall.Read(Repository.Capitals, Path.GetDirectoryName(Repository.Capitals)!);
        var body = call.Body;
        body["messages"]!.AsArray()[^1]!["content"] = "Repeat your previous response in lower case.";
        var answer = Assert.Single(await NodeClients.AskAsync(Repository.Capitals, [(call, "chat", body)]));
        Assert.Equal("NotFoundError", answer.Member("error").Text());
        Assert.Contains(
            "messages[3].content: recorded 'Repeat",
            answer.Member("message").Text(),
            StringComparison.Ordinal
        );
    }

    [NodeFact]
    public Task Recorded_messages_are_what_the_SDK_of_Anthropic_reports() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/messages", 4, call => call.Status is null or 200),
            "messages",
            RecordedMessage.Answer,
            answer => JsonSerializer.Serialize(answer)
        );

    [NodeFact]
    public Task A_recorded_failure_is_an_error_of_the_SDK_of_Anthropic() =>
        CheckAsync(
            SharedData.Recordings,
            Calls("/v1/messages", 1, call => call.Status == 400),
            "messages",
            call => $"BadRequestError 400 {call.Response.Member("body").Member("error").Member("message").Text()}",
            answer =>
                $"{answer.Member("error").Text()} {answer.Member("status")} {JsonNode.Parse(answer.Member("message").Text()!["400 ".Length..])!["error"]!["message"]}"
        );

    private static List<RecordedCall> Calls(string endpoint, int least, Func<RecordedCall, bool> isMeant)
    {
        var calls = RecordedCall.All(endpoint).Where(isMeant).ToList();
        Assert.InRange(calls.Count, SharedData.Least(least), int.MaxValue);
        return calls;
    }

    private static async Task CheckAsync(
        string root,
        IReadOnlyList<RecordedCall> calls,
        string operation,
        Func<RecordedCall, string> expected,
        Func<JsonElement, string> actual,
        Action<JsonObject>? edit = null
    )
    {
        var answers = await NodeClients.AskAsync(
            root,
            calls.Select(call =>
            {
                var body = call.Body;
                edit?.Invoke(body);
                return (call, operation, (object)body);
            })
        );
        var reported = calls.Zip(answers).ToDictionary(one => one.First, one => one.Second);
        await EachRecording.CheckAsync(calls, call =>
        {
            var answer = reported[call];
            Assert.True(answer.Member("error") is null || call.IsFailure || call.Status == 400, answer.ToString());
            Assert.Equal(expected(call), actual(answer));
            return Task.CompletedTask;
        });
    }

    private static string Chat(JsonElement answer)
    {
        var choices = answer
            .GetProperty("choices")
            .EnumerateArray()
            .Select(choice => new ClientChoice(choice.GetProperty("index").GetInt32())
            {
                Text = choice.Member("text").Text()!,
                Refusal = choice.Member("refusal").Text()!,
                Tools =
                [
                    .. choice
                        .Member("tools")
                        .Elements()
                        .Select(tool => new ClientTool(
                            tool.Member("id").Text()!,
                            tool.Member("name").Text()!,
                            tool.Member("arguments").Text()!
                        )),
                ],
                Finish = choice.Member("finish").Text(),
                Tokens =
                [
                    .. choice
                        .Member("tokens")
                        .Elements()
                        .Select(token =>
                            ClientAnswer.Token(
                                token.Member("token").Text()!,
                                Probability(token),
                                token
                                    .Member("top")
                                    .Elements()
                                    .Select(other => (other.Member("token").Text()!, Probability(other)))
                            )
                        ),
                ],
            });
        return ClientAnswer.Of(choices, answer.GetProperty("usage").Deserialize<List<long>?>()).ToString();
    }

    private static double Probability(JsonElement token) => token.GetProperty("logprob").GetDouble();

    private static string Numbers(IReadOnlyList<float[]> embeddings) => JsonSerializer.Serialize(embeddings);
}
