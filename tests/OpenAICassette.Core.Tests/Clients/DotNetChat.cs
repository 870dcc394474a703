using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using OpenAI.Chat;

namespace OpenAICassette.Tests;

/// <summary>Asks for a recorded chat with the OpenAI SDK for .NET, and tells what the SDK's own types report.</summary>
internal static class DotNetChat
{
    /// <summary>Sends the recorded body as it is.</summary>
    public static async Task<ClientAnswer> AskAsync(ReplayedApi api, RecordedCall call, int retries = 0)
    {
        var client = new ChatClient(call.Model, ReplayedApi.Credential, api.Options(call.Cassette, retries));
        using var content = BinaryContent.Create(BinaryData.FromString(call.Body.ToJsonString()));
        if (!call.IsStreaming)
        {
            var result = await client.CompleteChatAsync(content, new RequestOptions());
            return Answer(ModelReaderWriter.Read<ChatCompletion>(result.GetRawResponse().Content)!);
        }

        var streamed = await client.CompleteChatAsync(content, new RequestOptions { BufferResponse = false });
        using var response = streamed.GetRawResponse();
        Assert.StartsWith(
            "text/event-stream",
            response.Headers.TryGetValue("content-type", out var type) ? type : null,
            StringComparison.Ordinal
        );
        var events = await SseParser
            .Create(response.ContentStream!)
            .EnumerateAsync()
            .Select(item => item.Data)
            .ToListAsync();
        Assert.Equal("[DONE]", events[^1]);
        return Answer(
            events[..^1]
                .Select(data => ModelReaderWriter.Read<StreamingChatCompletionUpdate>(BinaryData.FromString(data))!)
        );
    }

    /// <summary>Has the SDK write the request and read the stream.</summary>
    public static async Task<ClientAnswer> AskByTypesAsync(ReplayedApi api, RecordedCall call)
    {
        var client = new ChatClient(call.Model, ReplayedApi.Credential, api.Options(call.Cassette));
        var body = call.Body;
        var messages = body["messages"]!
            .AsArray()
            .Select(message => ModelReaderWriter.Read<ChatMessage>(BinaryData.FromString(message!.ToJsonString()))!)
            .ToList();

        // The SDK adds these itself.
        body.Remove("messages");
        body.Remove("stream");
        body.Remove("stream_options");
        var options = ModelReaderWriter.Read<ChatCompletionOptions>(BinaryData.FromString(body.ToJsonString()));
        return call.IsStreaming
            ? Answer(await client.CompleteChatStreamingAsync(messages, options).ToListAsync())
            : Answer((await client.CompleteChatAsync(messages, options)).Value);
    }

    private static ClientAnswer Answer(ChatCompletion completion) =>
        ClientAnswer.Of(
            [
                new ClientChoice(0)
                {
                    Text = Text(completion.Content),
                    Refusal = completion.Refusal ?? string.Empty,
                    Tools =
                    [
                        .. completion.ToolCalls.Select(call => new ClientTool(
                            call.Id,
                            call.FunctionName,
                            call.FunctionArguments.ToString()
                        )),
                    ],
                    Finish = Finish(completion.FinishReason),
                    Tokens =
                    [
                        .. completion
                            .ContentTokenLogProbabilities.Concat(completion.RefusalTokenLogProbabilities)
                            .Select(Token),
                    ],
                },
            ],
            Usage(completion.Usage)
        );

    private static ClientAnswer Answer(IEnumerable<StreamingChatCompletionUpdate> updates)
    {
        var all = updates.ToList();
        return ClientAnswer.Of(
            all.Select(update => new ClientChoice(0)
            {
                Text = Text(update.ContentUpdate),
                Refusal = update.RefusalUpdate ?? string.Empty,
                Tools =
                [
                    .. update.ToolCallUpdates.Select(call => new ClientTool(
                        call.ToolCallId ?? string.Empty,
                        call.FunctionName ?? string.Empty,
                        call.FunctionArgumentsUpdate is { } arguments
                            ? Encoding.UTF8.GetString(arguments)
                            : string.Empty
                    )),
                ],
                Finish = Finish(update.FinishReason),
                Tokens =
                [
                    .. update.ContentTokenLogProbabilities.Concat(update.RefusalTokenLogProbabilities).Select(Token),
                ],
            }),
            Usage(all.LastOrDefault(update => update.Usage is not null)?.Usage)
        );
    }

    private static string Text(ChatMessageContent content) => string.Concat(content.Select(part => part.Text));

    private static string? Finish(ChatFinishReason? reason) =>
        reason is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.Value.ToString());

    private static string Token(ChatTokenLogProbabilityDetails token) =>
        ClientAnswer.Token(
            token.Token,
            token.LogProbability,
            token.TopLogProbabilities.Select(other => (other.Token, (double)other.LogProbability))
        );

    private static IReadOnlyList<long>? Usage(ChatTokenUsage? usage) =>
        usage is null ? null : [usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount];
}
