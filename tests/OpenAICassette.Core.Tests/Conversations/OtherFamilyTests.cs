using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Anthropic's, Google's and Ollama's own APIs, each on a real file.</summary>
public class OtherFamilyTests
{
    [Fact]
    public void An_Anthropic_message_has_its_thoughts_and_stop_reason()
    {
        var conversation = Open("head/messages/recordings", "2a5f7014ddf9");
        Assert.Equal("Hi", Assert.Single(conversation.Messages).Text);
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal("The user says \"Hi\". So it's a greeting. We respond", choice.Message.Reasoning);
        Assert.Equal((string.Empty, "max_tokens"), (choice.Message.Text, choice.FinishReason));
        Assert.Equal(
            (68, 16, 84),
            (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens, conversation.Usage.TotalTokens)
        );
    }

    [Fact]
    public void An_Anthropic_event_stream_has_its_thoughts_text_and_last_token_counts()
    {
        var conversation = Open("head/messages/recordings", "f22657bfd86d");
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal("1, 2, 3, 4, 5", choice.Message.Text);
        Assert.StartsWith("We need to count from 1 to 5", choice.Message.Reasoning, StringComparison.Ordinal);
        Assert.Equal(("end_turn", "gpt-oss:20b"), (choice.FinishReason, conversation.Model));
        Assert.Equal((79, 64), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
    }

    [Fact]
    public void A_Gemini_stream_has_its_function_call()
    {
        var conversation = Open("head/responses/recordings", "29403c77d6e7");
        var call = Assert.Single(conversation.Choices[0].Message.ToolCalls);
        Assert.Equal(("get_weather", """{"location":"Paris, France"}""", null), (call.Name, call.Arguments, call.Id));
        Assert.Equal(
            ("assistant", "STOP"),
            (conversation.Choices[0].Message.Role, conversation.Choices[0].FinishReason)
        );
        Assert.Equal(
            (18, 7, 25),
            (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens, conversation.Usage.TotalTokens)
        );
    }

    [Fact]
    public void A_whole_Gemini_answer_has_the_text_of_its_parts()
    {
        var path = SharedData.Era("head/responses/recordings", "f51ab054aae2");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var parts = file
            .RootElement.Member("response")
            .Member("body")
            .Member("candidates")
            .Elements()
            .First()
            .Member("content")
            .Member("parts");
        var conversation = CassetteStore.Open(path).Conversation();
        Assert.Equal(
            string.Concat(parts.Elements().Select(part => part.Member("text").Text())),
            conversation.Choices[0].Message.Text
        );
        Assert.NotEmpty(conversation.Choices[0].Message.Text);
        Assert.Equal("gemini-2.0-flash", conversation.Model);
    }

    [Fact]
    public void An_interaction_has_its_text_and_status()
    {
        var conversation = Open("head/interactions/recordings", "aa8465012609");
        Assert.Equal("What is 2+2? Reply with just the number.", Assert.Single(conversation.Messages).Text);
        Assert.Equal(("4", "completed"), (conversation.Choices[0].Message.Text, conversation.Choices[0].FinishReason));
        Assert.Equal(
            (14, 1, 15),
            (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens, conversation.Usage.TotalTokens)
        );
    }

    [Fact]
    public void An_interaction_s_event_stream_has_its_text_and_status()
    {
        var conversation = Open("head/interactions/recordings", "df62e523dd87");
        var choice = Assert.Single(conversation.Choices);
        Assert.Equal(
            ("Hello!", "assistant", "completed"),
            (choice.Message.Text, choice.Message.Role, choice.FinishReason)
        );
        Assert.Null(choice.Message.Reasoning);
        Assert.Equal(
            (7, 2, 9),
            (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens, conversation.Usage.TotalTokens)
        );
        Assert.Equal("gemini-2.5-flash-lite", conversation.Model);
    }

    [Fact]
    public void A_failed_interaction_is_an_error()
    {
        var conversation = Open("head/interactions/recordings", "36a00e747aef");
        Assert.Empty(conversation.Choices);
        Assert.Equal(400, conversation.Error!.Status);
    }

    [Fact]
    public void An_Ollama_generation_says_its_response()
    {
        var conversation = Open("history/2025-07-29_08b4a1deb", "dd9e7d5913e9");
        Assert.Equal(("[]", "stop"), (conversation.Choices[0].Message.Text, conversation.Choices[0].FinishReason));
        Assert.Equal((386, 2), (conversation.Usage!.PromptTokens, conversation.Usage.CompletionTokens));
        Assert.EndsWith("<|end_header_id|>\n\n", Assert.Single(conversation.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Ollama_chat_says_its_message_and_shows_the_images_that_were_sent()
    {
        var conversation = Open("history/2025-09-03_c3d3a0b83", "f1592dee71e5");
        Assert.StartsWith(
            "The image is of a golden retriever puppy.",
            conversation.Choices[0].Message.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "[image] data:image/*;base64, 566,768 characters",
            Assert.Single(conversation.Messages[0].Parts).ToString()
        );
    }

    [Fact]
    public void A_streamed_Ollama_chat_says_its_message()
    {
        var path = SharedData.Era("history/2025-07-31_0b08d64dd", "ff7db0102b28");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var text = file
            .RootElement.Member("response")
            .Member("body")
            .Elements()
            .Select(chunk => chunk.Unwrapped().Member("message").Member("content").Text());
        Assert.Equal(string.Concat(text), CassetteStore.Open(path).Conversation().Choices[0].Message.Text);
    }

    private static Conversation Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Conversation();
}
