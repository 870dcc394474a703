using System.Security.Cryptography;

namespace OpenAICassette.Tests;

/// <summary>
/// Random values in the forms that providers give their keys. None was ever issued, and none is the same twice.
/// </summary>
internal static class PlantedKey
{
    private const string Hex = "0123456789abcdef";
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string AlphaNumeric = Letters + "0123456789";
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Makes a key that a rule finds.</summary>
    /// <param name="rule">The rule's id.</param>
    public static string Of(string rule) =>
        rule switch
        {
            "anthropic-api-key" => "sk-ant-api03-" + Some(AlphaNumeric, 93) + "AA",
            "openrouter-api-key" => "sk-or-v1-" + Some(Hex, 64),
            "langfuse-secret-key" => "sk-lf-" + Guid.NewGuid(),
            "openai-api-key" => "sk-proj-" + Some(AlphaNumeric, 74),
            "google-api-key" => "AIza" + Some(AlphaNumeric, 35),
            "google-oauth-token" => "ya29." + Some(AlphaNumeric, 120),
            "groq-api-key" => "gsk_" + Some(AlphaNumeric, 52),
            "xai-api-key" => "xai-" + Some(AlphaNumeric, 80),
            "huggingface-token" => "hf_" + Some(AlphaNumeric, 34),
            "github-token" => "ghp_" + Some(AlphaNumeric, 36),
            "aws-access-key-id" => "AKIA" + Some(Base32, 16),
            "aws-bedrock-api-key" => "ABSK" + Some(AlphaNumeric, 128),
            "perplexity-api-key" => "pplx-" + Some(AlphaNumeric, 48),
            "replicate-api-token" => "r8_" + Some(AlphaNumeric, 37),
            "together-api-key" => "tgp_v1_" + Some(AlphaNumeric, 43),
            "nvidia-api-key" => "nvapi-" + Some(AlphaNumeric, 64),
            "cerebras-api-key" => "csk-" + Some(AlphaNumeric, 48),
            "tavily-api-key" => "tvly-dev-" + Some(AlphaNumeric, 32),
            "slack-token" => "xoxb-" + Some("123456789", 12) + "-" + Some(AlphaNumeric, 24),
            "stripe-secret-key" => "sk_live_" + Some(AlphaNumeric, 24),
            "npm-token" => "npm_" + Some(AlphaNumeric, 36),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such kind of key"),
        };

    /// <summary>Every rule that finds keys by their form.</summary>
    public static TheoryData<string> Rules =>
        [
            "anthropic-api-key",
            "openrouter-api-key",
            "langfuse-secret-key",
            "openai-api-key",
            "google-api-key",
            "google-oauth-token",
            "groq-api-key",
            "xai-api-key",
            "huggingface-token",
            "github-token",
            "aws-access-key-id",
            "aws-bedrock-api-key",
            "perplexity-api-key",
            "replicate-api-token",
            "together-api-key",
            "nvidia-api-key",
            "cerebras-api-key",
            "tavily-api-key",
            "slack-token",
            "stripe-secret-key",
            "npm-token",
        ];

    /// <summary>A random word that no rule knows by its form, for headers and URLs.</summary>
    public static string Word(int length = 40) => Some(AlphaNumeric, length);

    /// <summary>Random characters with enough letters and digits to look like a key's.</summary>
    private static string Some(string alphabet, int length)
    {
        string text;
        do
        {
            text = RandomNumberGenerator.GetString(alphabet, length);
        } while (
            text.Count(char.IsAsciiDigit) < 2
            || (text.Count(char.IsAsciiLetter) < 6 && alphabet.Any(char.IsAsciiLetter))
        );
        return text;
    }
}
