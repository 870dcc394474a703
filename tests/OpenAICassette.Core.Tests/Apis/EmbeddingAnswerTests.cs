namespace OpenAICassette.Tests;

/// <summary>
/// Vectors in the shapes that the families give them: how many there are, and of how many dimensions.
/// </summary>
public class EmbeddingAnswerTests
{
    [Theory]
    [InlineData("""{"data":[{"embedding":[1,2,3]},{"embedding":[4,5,6]}]}""", "[embeddings] 2 × 3")]
    [InlineData("""{"embeddings":[[1,2]]}""", "[embedding] 1 × 2")]
    [InlineData("""{"embedding":[1,2,3]}""", "[embedding] 1 × 3")]
    [InlineData("""{"embedding":{"values":[1,2,3,4]}}""", "[embedding] 1 × 4")]
    [InlineData("""{"embeddings":[{"values":[1,2]},{"values":[3,4]}],"metadata":{}}""", "[embeddings] 2 × 2")]
    public void Vectors_are_counted(string body, string text)
    {
        var conversation = BuiltMatcher
            .Cassette("{}", response: $$"""{"body":{{body}},"is_streaming":false}""")
            .Conversation();
        Assert.Equal(text, Assert.Single(conversation.Choices).Message.Text);
    }
}
