namespace OpenAICassette.Tests;

/// <summary>What APIs answer that do not converse, each on a real file.</summary>
public class OtherAnswerTests
{
    [Theory]
    [InlineData("head/responses/recordings", "8ff1d58683cc", "[embedding] 1 × 1536")]
    [InlineData("history/2025-07-29_072d20a12", "56ac6a7c6df0", "[embedding] 1 × 384")]
    [InlineData(
        "head/common/recordings",
        "models-64a2277c90f0f42576f60c1030e3a020403d34a95f56931b792d5939f4cebc57-8e70",
        "gpt-oss:20b\ngpt-oss:120b-cloud"
    )]
    [InlineData("head/inference/recordings", "17fab41a46c9", "llama3.2:3b\nllama3.2:3b-instruct-fp16")]
    [InlineData("head/common/recordings", "02c93bb3c314", "[models] none")]
    [InlineData("history/2025-10-06_bba9957ed", "models-", "[models] none")]
    public void Embeddings_and_lists_of_models_are_said_in_short(string folder, string name, string said) =>
        Assert.Equal(said, Assert.Single(Open(folder, name).Choices).Message.Text);

    [Fact]
    public void The_dimensions_of_an_embedding_in_base64_are_those_of_its_floats()
    {
        var cassette = CassetteStore.Open(SharedData.Era("history/2025-09-27_0d94f3e2c", "8cdb7e65fcfe"));
        var vectors = cassette.Interactions[0].Response.Values[0]["data"];
        var floats = Convert.FromBase64String(vectors[0]["embedding"].Text!).Length / sizeof(float);
        Assert.Equal(
            $"[embedding{(vectors.Count == 1 ? "" : "s")}] {vectors.Count} × {floats}",
            cassette.Conversation().Said()
        );
    }

    [Fact]
    public void A_list_of_models_asks_nothing() =>
        Assert.Empty(Open("head/common/recordings", "02c93bb3c314").Messages);

    [Fact]
    public void A_tool_s_answer_is_said_by_the_tool()
    {
        var conversation = Open("head/responses/recordings", "661e959c98b8");
        Assert.Equal(
            """web_search({"query":"latest Python version 2023"})""",
            Assert.Single(conversation.Messages[0].ToolCalls).ToString()
        );
        var answer = Assert.Single(conversation.Choices).Message;
        Assert.Equal("tool", answer.Role);
        Assert.StartsWith(
            "{\"query\": \"latest Python version 2023\", \"top_k\": [",
            answer.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_processor_s_answer_is_its_text()
    {
        var conversation = Open("head/responses/recordings", "268e65efffed");
        Assert.Equal("[file] file-371170885258", Assert.Single(conversation.Messages[0].Parts).ToString());
        var part = Assert.Single(conversation.Choices[0].Message.Parts);
        Assert.StartsWith("Llama Stack\nLlama Stack Overview\n", part.Value, StringComparison.Ordinal);
        Assert.Contains(conversation.Details, detail => detail.Name.StartsWith("metadata", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reranker_s_answer_is_its_scores_and_documents_as_recorded()
    {
        var conversation = Open("history/2026-02-13_eeac11bbc", "085ff6e70395");
        Assert.Equal(ContentPartKind.Json, Assert.Single(conversation.Messages[0].Parts).Kind);
        var part = Assert.Single(conversation.Choices[0].Message.Parts);
        Assert.Equal("1.0000001192092896  string_1\n0.9299871921539307  string_2", part.Value);
        Assert.Equal("Qwen/Qwen3-Reranker-0.6B", conversation.Model);
        Assert.Equal(14, conversation.Usage!.PromptTokens);
    }

    [Fact]
    public void The_progress_of_a_pull_is_kept_as_recorded() =>
        Assert.NotEmpty(Open("history/2025-07-29_08b4a1deb", "3877ecf1bc62").Said());

    [Fact]
    public void Every_recording_says_something_or_tells_of_an_error() =>
        Corpus.All(
            (cassette, _) =>
            {
                var conversation = cassette.Conversation();
                Assert.True(conversation.Choices.Count > 0 || conversation.Error is not null);
                Assert.InRange(conversation.Said(40).Length, 0, 40);
                Assert.DoesNotContain('\n', conversation.Said());
            }
        );

    private static Conversation Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Conversation();
}
