using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Keys as the hash of a text that a person can read.</summary>
internal static class KeyExpectation
{
    /// <summary>The algorithms that agree where there are no decimals, masks, lists of models or Bedrock.</summary>
    public static IReadOnlyList<KeyAlgorithm> FromH2 { get; } =
    [
        KeyAlgorithm.H2,
        KeyAlgorithm.H3,
        KeyAlgorithm.H3b,
        KeyAlgorithm.H4,
        KeyAlgorithm.H5,
        KeyAlgorithm.H6,
        KeyAlgorithm.H6b,
        KeyAlgorithm.H6c,
        KeyAlgorithm.H7,
    ];

    /// <summary>The hash of a canonical text.</summary>
    public static string HashOf(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));

    /// <summary>Fails unless the body of a chat call is hashed as this text.</summary>
    /// <param name="hashed">The canonical text of the body.</param>
    /// <param name="body">The body as recorded.</param>
    /// <param name="algorithm">From H2 to H6.</param>
    /// <param name="host">The host of the call.</param>
    public static void AssertHashed(
        string hashed,
        string body,
        KeyAlgorithm algorithm = KeyAlgorithm.H6,
        string host = "api.example.com"
    )
    {
        var value = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body));
        Assert.True(value.Exists, $"not JSON: {body}");
        Assert.Equal(
            HashOf($$"""{"body": {{hashed}}, "endpoint": "/v1/chat", "method": "POST", "test_id": null}"""),
            RecordingKey.OfCall("POST", $"https://{host}/v1/chat", value, null, algorithm)
        );
    }

    /// <summary>Fails unless the payload of a raw HTTP request is hashed as this text.</summary>
    public static void AssertHttpHashed(string hashed, string payload, KeyAlgorithm algorithm, string host) =>
        Assert.Equal(
            HashOf($$"""{"method": "POST", "payload": {{hashed}}, "test_id": "t", "url": "https://{{host}}/v1/x"}"""),
            RecordingKey.OfHttp(
                "POST",
                $"https://{host}/v1/x",
                JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(payload)),
                "t",
                algorithm
            )
        );
}
