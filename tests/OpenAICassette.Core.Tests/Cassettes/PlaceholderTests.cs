using System.Text;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Tests;

public class PlaceholderTests
{
    [Theory]
    [InlineData("REDACTED_OPENAI_API_KEY_1", "openai-api-key", "1")]
    [InlineData("REDACTED_COOKIE_12; next", "cookie", "12")]
    [InlineData("REDACTED_JWT_0A1B2C3D4E5F.", "jwt", "0A1B2C3D4E5F")]
    public void A_placeholder_is_known_again(string text, string rule, string suffix)
    {
        Assert.True(Placeholder.TryParse(text, out var read));
        Assert.Equal(new Placeholder(rule, suffix), read);
        Assert.StartsWith(read.ToString(), text, StringComparison.Ordinal);
        Assert.Equal(read.ToString().Length, read.Length);
        Assert.True(Placeholder.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.Equal(read, fromBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("REDACTED_")]
    [InlineData("REDACTED_1")]
    [InlineData("REDACTED")]
    [InlineData("xREDACTED_COOKIE_1")]
    public void What_is_none_is_not_taken_for_one(string text)
    {
        Assert.False(Placeholder.TryParse(text, out _));
        Assert.False(Placeholder.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void The_first_placeholder_in_a_text_is_found()
    {
        Assert.True(Placeholder.TryFind("REDACTED_ and 'REDACTED_NPM_TOKEN_3'", out var start, out var found));
        Assert.Equal((15, new Placeholder("npm-token", "3")), (start, found));
        Assert.False(Placeholder.TryFind("nothing REDACTED here", out _, out _));
    }
}
