using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>What other recorders and templates write in the place of a secret.</summary>
public class PlaceholderWordTests
{
    [Theory]
    [InlineData("Authorization: Bearer ACCESS_TOKEN")]
    [InlineData("Authorization: Bearer test_openai_api_key")]
    [InlineData("x-api-key: X-API-KEY-XXX")]
    [InlineData("x-api-key: invalid-key")]
    [InlineData("api_key: <YOUR_API_KEY_HERE_1>")]
    [InlineData("password=[PASSWORD]")]
    [InlineData("password=%DbPassword1%")]
    [InlineData("password=$DB_PASSWORD1")]
    [InlineData("api_key=phc_{a:43}")]
    [InlineData("https://browser.example/api/v2/logs?dd-api-key=pub{h:32}&a=b")]
    [InlineData("Newtonsoft.Json, Version=13.0.0.0, PublicKeyToken={h:16}")]
    [InlineData("access_key: arn:aws:iam::123456789012:user/{a:20}")]
    [InlineData("the secret phrase: **PURPLE-ELEPHANT-42**.")]
    [InlineData("body: apikey=test_api_key&grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey")]
    [InlineData("\"storage_key\": \"{g}/{g}.csv\"")]
    [InlineData("a=ice-ufrag:YnNx\r\na=ice-pwd:{a:24}")]
    [InlineData("api_key: test_key")]
    [InlineData("api_key: dummy-{a:32}")]
    [InlineData("sk_live_your_key_{h:24}")]
    [InlineData("sk-proj-....{a:20}")]
    public void A_placeholder_or_a_public_key_is_no_secret(string text) =>
        Assert.Empty(SecretRules.Standard.Find(ExampleText.Write(text, 1)));

    [Theory]
    [InlineData("password: {db_password_1}")]
    [InlineData("http://{user1}:{pAssw0rd}@{host}:{port}/")]
    [InlineData("http://{host}:{port}@next")]
    public void A_template_is_no_secret(string text) => Assert.Empty(SecretRules.Standard.Find(text));

    [Theory]
    [InlineData("authorization", "Bearer ACCESS_TOKEN")]
    [InlineData("authorization", "Bearer ollama")]
    [InlineData("x-api-key", "invalid-key")]
    [InlineData("session_id", "{g}")]
    public void A_named_value_that_is_one_is_none_either(string name, string value) =>
        Assert.Empty(SecretRules.Standard.FindNamed(SecretName.KindOf(name), name, ExampleText.Write(value, 1)));

    [Theory]
    [InlineData("ACCESS_TOKEN", true)]
    [InlineData("Test-Key", true)]
    [InlineData("key1", true)]
    [InlineData("i", false)]
    [InlineData("kTzRqPwLm", false)]
    [InlineData("abcdefghijklmnopqrst", false)]
    [InlineData("key12345", false)]
    public void Only_words_are_placeholders(string value, bool expected) =>
        Assert.Equal(expected, PlaceholderWords.Are(value));

    [Fact]
    public void A_field_of_a_form_ends_before_the_next_one()
    {
        var text = ExampleText.Write("body: apikey={a:40}&grant_type=x", 1);
        Assert.Equal(40, Assert.Single(SecretRules.Standard.Find(text)).Length);
    }
}
