namespace OpenAICassette.Tests;

/// <summary>What of the test's id is hashed for a list of models, which most tests share.</summary>
public class ModelListKeyTests
{
    private const string Test = "tests/integration/x/test_a.py::test_b";
    private const string Omitted = "";
    private const string Null = ", \"test_id\": null";
    private const string Id = $", \"test_id\": \"{Test}\"";

    [Theory]
    [InlineData("https://api.example.com/v1/models", "/v1/models", Omitted, Omitted, Null, Null)]
    [InlineData("http://localhost:8080/v1/models", "/v1/models", Omitted, Omitted, Null, Null)]
    [InlineData("http://localhost:11434/api/tags", "/api/tags", Omitted, Omitted, Null, Id)]
    [InlineData("http://localhost:8321/v1/openai/v1/models", "/v1/openai/v1/models", Omitted, Omitted, Null, Id)]
    [InlineData("https://example.com/v1/openai/v1/models", "/v1/openai/v1/models", Omitted, Omitted, Null, Null)]
    [InlineData("https://api.example.com/v1/v1/models", "/v1/v1/models", Id, Omitted, Null, Null)]
    [InlineData("https://me:x@API.example.com:443/v1/v1/models?a=1", "/v1/v1/models", Id, Omitted, Null, Null)]
    [InlineData("http://0.0.0.0:11434/v1/v1/models", "/v1/v1/models", Id, Omitted, Id, Id)]
    [InlineData("http://127.0.0.1/v1/v1/models", "/v1/v1/models", Id, Omitted, Id, Id)]
    [InlineData("http://me@LocalHost:8000/v1/v1/models", "/v1/v1/models", Id, Omitted, Id, Id)]
    [InlineData("http://[::1]:8000/v1/v1/models", "/v1/v1/models", Id, Omitted, Null, Null)]
    [InlineData(
        "__databricks__/serving-endpoints/v1/models",
        "__databricks__/serving-endpoints/v1/models",
        Id,
        Omitted,
        Null,
        Null
    )]
    [InlineData("https://api.example.com/v1/models/gpt", "/v1/models/gpt", Id, Id, Id, Id)]
    [InlineData("https://api.example.com/v1/supermodels", "/v1/supermodels", Id, Id, Id, Id)]
    [InlineData("http://localhost:8080/info", "/info", Id, Id, Id, Null)]
    public void The_test_counts_is_null_or_is_left_out(
        string url,
        string path,
        string h6,
        string h6b,
        string h6c,
        string h7
    )
    {
        var body = JsonValue.ParseOrUndefined("{}"u8.ToArray());
        string Key(KeyAlgorithm algorithm) => RecordingKey.OfCall("POST", url, body, Test, algorithm);
        string Hash(string test) =>
            KeyExpectation.HashOf($$"""{"body": {}, "endpoint": "{{path}}", "method": "POST"{{test}}}""");
        Assert.Equal(
            (Hash(h6), Hash(h6b), Hash(h6c), Hash(h7)),
            (Key(KeyAlgorithm.H6), Key(KeyAlgorithm.H6b), Key(KeyAlgorithm.H6c), Key(KeyAlgorithm.H7))
        );
        Assert.Equal(Key(KeyAlgorithm.H7), RecordingKey.OfCall("POST", url, body, Test));
    }

    /// <summary>Keys that are in the names of public recordings.</summary>
    [Theory]
    [InlineData("https://api.example.com/inference/v1/v1/models", "{}", KeyAlgorithm.H7, "bd3df37825f3")]
    [InlineData("https://api.example.com/openai/v1/v1/models", "{}", KeyAlgorithm.H7, "66c1506ac9a1")]
    [InlineData(
        "https://api.example.com/ml/v1/v1/models",
        """{"extra_query":{"project_id":"x"}}""",
        KeyAlgorithm.H6b,
        "27ffb59341ca"
    )]
    [InlineData(
        "https://api.example.com/ml/v1/v1/models",
        """{"extra_query":{"project_id":"x"}}""",
        KeyAlgorithm.H6c,
        "83953d70762b"
    )]
    public void A_list_has_the_key_of_its_public_name_in_whatever_test(
        string url,
        string body,
        KeyAlgorithm algorithm,
        string beginning
    )
    {
        var value = JsonValue.ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.StartsWith(
            beginning,
            RecordingKey.OfCall("POST", url, value, Test, algorithm),
            StringComparison.Ordinal
        );
    }
}
