using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Keys and tokens that are published as examples are not secrets; those that only resemble them are.</summary>
public class PublicExampleTests
{
    private static readonly string s_token = Token("your-256-bit-secret");
    private static readonly string s_credentials = Convert.ToBase64String("Aladdin:open sesame"u8);

    [Fact]
    public void A_published_example_is_not_found()
    {
        Assert.Empty(Find($"the token is {s_token} ."));
        Assert.Empty(Find($"Authorization: Bearer {s_token}"));
        Assert.Empty(Find($"Authorization: Basic {s_credentials}"));
        Assert.Empty(Find("{\"headers\":{\"Authorization\":\"Basic " + s_credentials + "\"}}"));
    }

    [Fact]
    public void What_only_resembles_one_is_found()
    {
        Assert.Equal("json-web-token", Assert.Single(Find($"the token is {Token("another secret")} .")).Rule);
        var credentials = Convert.ToBase64String("Aladdin:open simsim"u8);
        Assert.Equal("authorization", Assert.Single(Find($"Authorization: Basic {credentials}")).Rule);
    }

    [Fact]
    public void One_that_was_given_is_removed()
    {
        var options = new RedactionOptions { Values = new Dictionary<string, string> { [s_token] = "ours" } };
        Assert.Single(Find($"the token is {s_token} .", options));
    }

    private static IReadOnlyList<Finding> Find(string text, RedactionOptions? options = null) =>
        new Redactor(options).Find(
            CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(text)), text[0] == '{' ? "a.json" : "a.txt")
        );

    /// <summary>The token that jwt.io shows first, signed with another secret or the one that it names.</summary>
    private static string Token(string secret)
    {
        var header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var content = Base64Url.EncodeToString("""{"sub":"1234567890","name":"John Doe","iat":1516239022}"""u8);
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes($"{header}.{content}")
        );
        return $"{header}.{content}.{Base64Url.EncodeToString(signature)}";
    }
}
