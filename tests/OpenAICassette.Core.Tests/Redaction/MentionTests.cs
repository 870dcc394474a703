using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>Values without a form of their own, in sentences.</summary>
public class MentionTests
{
    [Theory]
    [InlineData("Please call Acme with the token % and list the projects.")]
    [InlineData("You can use % as the Acme key.")]
    [InlineData("Use '%' as our acme API token")]
    [InlineData("log in with password %")]
    [InlineData("the secret (%) is new")]
    public void A_value_that_a_sentence_calls_a_secret_is_one(string sentence)
    {
        var value = ExampleText.Write("{a:32}", 5);
        var text = sentence.Replace("%", value, StringComparison.Ordinal);
        var match = Assert.Single(SecretRules.Standard.Find(text));
        Assert.Equal((text.IndexOf(value, StringComparison.Ordinal), value.Length), (match.Start, match.Length));
    }

    [Theory]
    [InlineData("the token {g} was revoked")]
    [InlineData("commit {h:40} fixed the token")]
    [InlineData("the key internationalization-of-messages is missing")]
    [InlineData("use sha {h:40} as the key")]
    [InlineData("call_{a:24} as the key")]
    [InlineData("a token kindOfTokenName2Parser")]
    [InlineData("see https://example.com/{a:32} as the key")]
    public void A_word_an_id_or_a_hash_is_none(string text) =>
        Assert.Empty(SecretRules.Standard.Find(ExampleText.Write(text, 5)));

    [Theory]
    [InlineData("acme_api_key", "{d:19}", 1)]
    [InlineData("acme_api_key", "{a:14}", 1)]
    [InlineData("max_tokens", "{d:19}", 0)]
    [InlineData("api_key", "1111222211112222", 0)]
    public void A_long_number_under_the_name_of_a_key_is_one(string name, string value, int expected) =>
        Assert.Equal(
            expected,
            new Redactor()
                .Find(
                    BuiltCassette.Open(
                        $$"""{"request":{"url":"x"},"response":{"body":{"{{name}}":"{{ExampleText.Write(value, 3)}}"} } }"""
                    )
                )
                .Count
        );
}
