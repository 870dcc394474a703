using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// The answers of all recorded chat calls, held against what another parser reads from the same files.
/// </summary>
public class CorpusConversationTests
{
    [Fact]
    public void The_text_of_every_chat_stream_is_that_of_its_deltas() =>
        Chats(
            (conversation, deltas, _) =>
                Assert.Equal(
                    Joined(deltas, delta => delta.Member("content").Text()),
                    Assert.Single(conversation.Choices).Message.Text
                )
        );

    [Fact]
    public void The_reasoning_of_every_chat_stream_is_that_of_its_deltas() =>
        Chats(
            (conversation, deltas, _) =>
                Assert.Equal(
                    Joined(deltas, delta =>
                        delta.Member("reasoning_content").Text() ?? delta.Member("reasoning").Text()
                    ),
                    conversation.Choices[0].Message.Reasoning ?? string.Empty
                )
        );

    [Fact]
    public void Every_chat_stream_has_its_finish_reason_model_and_role() =>
        Chats(
            (conversation, deltas, chunks) =>
            {
                var choice = conversation.Choices[0];
                var finished = chunks
                    .SelectMany(chunk => chunk.Member("choices").Elements())
                    .Select(found => found.Member("finish_reason").Text());
                Assert.Equal(Assert.Single(finished, reason => reason is not null), choice.FinishReason);
                Assert.Equal("assistant", choice.Message.Role);
                Assert.Equal(
                    chunks.Select(chunk => chunk.Member("model").Text()).Last(model => !string.IsNullOrEmpty(model)),
                    conversation.Model
                );
            }
        );

    [Fact]
    public void Every_chat_stream_has_the_token_counts_of_its_last_chunk_that_has_any() =>
        Chats(
            (conversation, _, chunks) =>
            {
                var usage = chunks
                    .Select(chunk => chunk.Member("usage"))
                    .LastOrDefault(found => found is { ValueKind: JsonValueKind.Object });
                Assert.Equal(
                    (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens")),
                    (
                        conversation.Usage?.PromptTokens,
                        conversation.Usage?.CompletionTokens,
                        conversation.Usage?.TotalTokens
                    )
                );
            }
        );

    [Fact]
    public void The_tool_calls_of_every_chat_stream_are_those_of_its_deltas_with_arguments_that_are_JSON() =>
        Chats(
            (conversation, deltas, _) =>
            {
                var fragments = deltas.SelectMany(delta => delta.Member("tool_calls").Elements()).ToList();
                var calls = conversation.Choices[0].Message.ToolCalls;
                Assert.Equal(
                    fragments
                        .Select(call => call.Member("id").Text())
                        .Where(id => !string.IsNullOrEmpty(id))
                        .Distinct(),
                    calls.Select(call => call.Id)
                );
                Assert.Equal(
                    string.Concat(fragments.Select(call => call.Member("function").Member("name").Text())),
                    string.Concat(calls.Select(call => call.Name))
                );
                Assert.Equal(
                    fragments.Sum(call => call.Member("function").Member("arguments").Text()?.Length ?? 0),
                    calls.Sum(call => call.Arguments.Length)
                );
                Assert.All(calls, call => JsonDocument.Parse(call.Arguments).Dispose());
            }
        );

    [Fact]
    public void Every_whole_chat_answer_has_its_text_tool_calls_and_finish_reason() =>
        Corpus.Some(100, (cassette, file) =>
        {
            var body = file.GetProperty("response").Member("body");
            var choice = body?.Unwrapped().Member("choices").Elements().FirstOrDefault();
            if (body is { ValueKind: JsonValueKind.Object } && choice.Member("message") is { } message)
            {
                var answer = Assert.Single(cassette.Conversation().Choices);
                Assert.Equal(message.Member("content").Text() ?? string.Empty, answer.Message.Text);
                Assert.Equal(choice.Member("finish_reason").Text(), answer.FinishReason);
                Assert.Equal(
                    message
                        .Member("tool_calls")
                        .Elements()
                        .Select(call =>
                            (
                                call.Member("id").Text(),
                                call.Member("function").Member("name").Text(),
                                call.Member("function").Member("arguments").Text()
                            )
                        ),
                    answer.Message.ToolCalls.Select(call => (call.Id, (string?)call.Name, (string?)call.Arguments))
                );
                return true;
            }

            return false;
        });

    [Fact]
    public void Every_message_of_every_chat_request_has_its_role_and_text() => Corpus.Some(300, (cassette, file) =>
        {
            var messages = file.GetProperty("request").Member("body").Member("messages").Elements().ToList();
            if (messages.Count > 0)
            {
                Assert.Equal(
                    messages.Select(message => (message.Member("role").Text(), TextOf(message.Member("content")))),
                    cassette.Conversation().Messages.Select(message => ((string?)message.Role, message.Text))
                );
            }

            return messages.Count > 0;
        });

    /// <summary>Checks every chat stream: its conversation, its deltas and its chunks.</summary>
    private static void Chats(Action<Conversation, List<JsonElement>, List<JsonElement>> check) =>
        Corpus.Some(100, (cassette, file) =>
        {
            var response = file.GetProperty("response");
            var chunks = response.Member("body").Elements().Select(Corpus.Unwrapped).ToList();
            var deltas = chunks
                .SelectMany(chunk => chunk.Member("choices").Elements())
                .Select(choice => choice.Member("delta"))
                .OfType<JsonElement>()
                .ToList();
            if (response.GetProperty("is_streaming").GetBoolean() && deltas.Count > 0)
            {
                check(cassette.Conversation(), deltas, chunks);
                return true;
            }

            return false;
        });

    private static string Joined(List<JsonElement> deltas, Func<JsonElement, string?> text) =>
        string.Concat(deltas.Select(text));

    private static long? Count(JsonElement? usage, string name) =>
        usage.Member(name) is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : null;

    private static string TextOf(JsonElement? content) =>
        content.Text() ?? string.Concat(content.Elements().Select(part => part.Member("text").Text()));
}
