using System.Text;

namespace OpenAICassette.Tests;

public class RedactRequestTests
{
    private readonly Redactor _redactor = new();

    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")]
    [InlineData("not JSON")]
    [InlineData("")]
    public void A_body_without_a_secret_comes_back_as_the_same_memory(string text)
    {
        ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes(text);
        Assert.Equal(body, _redactor.RedactRequest(body));
    }

    [Fact]
    public void Every_body_is_numbered_by_itself()
    {
        var (one, other) = (PlantedKey.Of("openai-api-key"), PlantedKey.Of("openai-api-key"));
        Assert.Equal(
            """["REDACTED_OPENAI_API_KEY_1","REDACTED_OPENAI_API_KEY_2"]""",
            Redacted($"[\"{one}\",\"{other}\"]")
        );
        Assert.Equal(
            """["REDACTED_OPENAI_API_KEY_1","REDACTED_OPENAI_API_KEY_2"]""",
            Redacted($"[\"{other}\",\"{one}\"]")
        );
    }

    [Fact]
    public void Bodies_can_be_redacted_at_the_same_time()
    {
        Parallel.For(0, 200, _ =>
            Assert.Equal(
                """{"a":"REDACTED_GROQ_API_KEY_1"}""",
                Redacted($"{{\"a\":\"{PlantedKey.Of("groq-api-key")}\"}}")
            )
        );
    }

    private string Redacted(string body) =>
        Encoding.UTF8.GetString(_redactor.RedactRequest(Encoding.UTF8.GetBytes(body)).Span);
}
