using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Redaction;

namespace OpenAICassette.Tests;

/// <summary>Long texts are scanned once, and pictures not at all, without missing a secret.</summary>
public class LargeTextTests
{
    [Fact]
    public void A_secret_that_becomes_known_later_is_found_in_a_text_that_was_clean_before()
    {
        var secret = $"own-{Guid.NewGuid():N}";
        var body = Encoding.UTF8.GetBytes($$"""{"input":"{{new string('a', 100_000)}} {{secret}}"}""");
        var secrets = new SecretValues();
        Assert.Equal(body, secrets.Scrub(body).ToArray());
        Assert.Equal(body, secrets.Scrub(body).ToArray());
        secrets.Learn([secret]);
        Assert.DoesNotContain(secret, Encoding.UTF8.GetString(secrets.Scrub(body).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_long_text_is_searched_again_where_its_name_says_that_it_is_a_secret()
    {
        var value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000));
        var secrets = new SecretValues();
        secrets.Scrub(Encoding.UTF8.GetBytes($$"""{"image":"{{value}}"}"""));
        var scrubbed = secrets.Scrub(Encoding.UTF8.GetBytes($$"""{"client_secret":"{{value}}"}"""));
        Assert.DoesNotContain(value, Encoding.UTF8.GetString(scrubbed.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:image/png;base64,", false)]
    [InlineData("data:text/plain;base64,", true)]
    [InlineData("", false)]
    [InlineData("", true)]
    public void A_picture_in_base64_is_left_alone_and_a_text_is_searched(string before, bool isText)
    {
        var secret = "sk-proj-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        byte[] content = isText
            ? Encoding.ASCII.GetBytes($"{string.Concat(Enumerable.Repeat("some words ", 9000))} {secret}")
            : [0x89, .. "PNG\r\n\u001a\n"u8, .. RandomNumberGenerator.GetBytes(90_000)];
        var body = Encoding.UTF8.GetBytes($$"""{"url":"{{before}}{{Convert.ToBase64String(content)}}"}""");
        var scrubbed = new SecretValues().Scrub(body);
        Assert.Equal(isText, !scrubbed.Span.SequenceEqual(body));
    }

    [Fact]
    public void A_text_that_begins_like_a_picture_is_searched()
    {
        var secret = "sk-proj-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var body = Encoding.UTF8.GetBytes($$"""{"image":"iVBORw0KGgo{{new string('A', 100_000)}} {{secret}}"}""");
        Assert.DoesNotContain(
            secret,
            Encoding.UTF8.GetString(new SecretValues().Scrub(body).Span),
            StringComparison.Ordinal
        );
    }
}
