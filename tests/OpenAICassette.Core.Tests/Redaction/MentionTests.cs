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
    [InlineData("log in with the access token %, then stop", "{h:32}")]
    [InlineData("here is our Acme key %.", "{h:32}")]
    [InlineData("You can take % as the Acme key.", "{i:32}")]
    [InlineData("The key for Acme is %, keep it safe.", "{c:24}")]
    [InlineData("our Acme credentials are %", "{a:32}")]
    [InlineData("Please use the Acme API key % to list them.", "{g}")]
    [InlineData("% is the Acme API token", "{g}")]
    [InlineData("take % as the Acme key", "{b:20}/{b:23}")]
    [InlineData("my Vault token is %", "s.{c:8}{n:8}{c:8}")]
    [InlineData("VAULT_TOKEN=%", "s.{c:8}{n:8}{c:8}")]
    public void A_value_of_any_form_that_a_sentence_calls_a_secret_is_one(string sentence, string form)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var value = ExampleText.Write(form, seed);
            var match = Assert.Single(
                SecretRules.Standard.Find(sentence.Replace("%", value, StringComparison.Ordinal))
            );
            Assert.Equal((sentence.IndexOf('%', StringComparison.Ordinal), value.Length), (match.Start, match.Length));
        }
    }

    [Theory]
    [InlineData("the token {g} was revoked")]
    [InlineData("use {g} as the key")]
    [InlineData("commit {h:40} fixed the token")]
    [InlineData("the key internationalization-of-messages is missing")]
    [InlineData("use sha {h:40} as the key")]
    [InlineData("call_{a:24} as the key")]
    [InlineData("a token kindOfTokenName2Parser")]
    [InlineData("the key for the table is customerAccountIdentifier2")]
    [InlineData("the keys are id, name and 2024-11-28")]
    [InlineData("a token src/Parser2/TokenReader/Version2/Kind")]
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
