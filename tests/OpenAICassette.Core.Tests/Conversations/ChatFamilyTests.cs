namespace OpenAICassette.Tests;

/// <summary>OpenAI's chat completions, text completions and what stands beside them, each on a real file.</summary>
public class ChatFamilyTests
{
    [Fact]
    public void A_chat_stream_is_a_conversation()
    {
        var conversation = CassetteStore.Open(Repository.Capitals).Conversation();
        Assert.Equal(["user", "user", "assistant", "user"], conversation.Messages.Select(message => message.Role));
        var image = Assert.Single(conversation.Messages[1].Parts);
        Assert.Equal(ContentPartKind.Image, image.Kind);
        Assert.StartsWith("https://upload.wikimedia.org/", image.Value, StringComparison.Ordinal);
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(
            "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.",
            choice.Message.Text
        );
        Assert.Equal((0, "stop", "assistant"), (choice.Index, choice.FinishReason, choice.Message.Role));
        Assert.Equal("gpt-4o-2024-08-06", conversation.Model);
        Assert.Null(conversation.Usage);
        Assert.Null(conversation.Error);
        Assert.Equal("THE TEAMS PLAYING…", conversation.Said(18));
    }

    [Fact]
    public void Parallel_tool_calls_of_a_stream_are_put_together_each_for_itself()
    {
        var conversation = Open("head/responses/recordings", "e73b8fbb6fe7");
        Assert.Equal(
            ["""file_search({"query": "marketing"})""", """file_search({"query": "sales"})"""],
            conversation.Choices[0].Message.ToolCalls.Select(call => call.ToString())
        );
        Assert.Equal("tool_calls", conversation.Choices[0].FinishReason);
        Assert.Equal(
            (54, 44, 98),
            (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens, conversation.Usage.TotalTokens)
        );
    }

    [Fact]
    public void A_whole_chat_completion_has_its_tool_call()
    {
        var conversation = Open("head/inference/recordings", "a1e4350b0157");
        var call = Assert.Single(conversation.Choices[0].Message.ToolCalls);
        Assert.Equal(("no_args_tool", "{}"), (call.Name, call.Arguments));
        Assert.Equal((148, 14), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
        Assert.Equal("no_args_tool({})", conversation.Said());
    }

    [Fact]
    public void Reasoning_stands_apart_from_what_is_said()
    {
        var message = Open("head/inference/recordings", "27626d79a555").Choices[0].Message;
        Assert.NotEmpty(message.Reasoning!);
        Assert.NotEmpty(message.Text);
        Assert.DoesNotContain(message.Reasoning!, message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_completion_says_its_text()
    {
        var conversation = Open("head/batches/recordings", "cb4673f5ab80");
        Assert.Equal("Say completions", Assert.Single(conversation.Messages).Text);
        Assert.StartsWith(
            "I'd be happy to provide some completions",
            conversation.Choices[0].Message.Text,
            StringComparison.Ordinal
        );
        Assert.Equal("length", conversation.Choices[0].FinishReason);
        Assert.Equal((28, 20), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
    }

    [Fact]
    public void A_streamed_text_completion_says_its_text()
    {
        var conversation = Open("head/inference/recordings", "8567635651a5");
        Assert.StartsWith(
            "Blue.\n\nMy answer is \"blue\" because",
            conversation.Choices[0].Message.Text,
            StringComparison.Ordinal
        );
        Assert.Equal("length", conversation.Choices[0].FinishReason);
    }

    [Fact]
    public void A_text_completion_that_also_carries_messages_shows_the_messages()
    {
        var conversation = Open("head/tool_runtime/recordings", "632ce0140a65");
        Assert.Contains("user", conversation.Messages.Select(message => message.Role));
        Assert.NotEmpty(conversation.Choices);
    }

    [Fact]
    public void An_image_in_the_message_itself_is_measured_and_not_shown()
    {
        var part = Open("head/inference/recordings", "02fba1826ee7")
            .Messages.SelectMany(message => message.Parts)
            .Single(found => found.Kind == ContentPartKind.Image);
        Assert.StartsWith("data:image/", part.Value, StringComparison.Ordinal);
        Assert.True(part.Value.Length > 500_000);
        Assert.Matches(@"^\[image\] data:image/\w+;base64, [0-9]{3},[0-9]{3} characters$", part.ToString());
    }

    [Fact]
    public void A_recorded_exception_is_an_error_without_answers()
    {
        var conversation = Open("head/responses/recordings", "f300a8b24123");
        Assert.Empty(conversation.Choices);
        Assert.Equal("What is the speed of light?", Assert.Single(conversation.Messages).Text);
        Assert.Equal((400, "BadRequestError"), (conversation.Error!.Status, conversation.Error.Type));
        Assert.StartsWith("400 BadRequestError: Error code: 400", conversation.Said(), StringComparison.Ordinal);
    }

    private static Conversation Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Conversation();
}
