using System.Text.RegularExpressions;

namespace OpenAICassette.Redaction;

/// <summary>
/// Keys that providers give a prefix, in any text. A key must not stand inside a longer word: links and base64 are full of "sk-".
/// The formats are those that the providers document or that public secret scanners agree on.
/// </summary>
internal static partial class ProviderKeys
{
    private static readonly (SecretRule Rule, Regex Pattern)[] s_rules =
    [
        (new("anthropic-api-key"), Anthropic()),
        (new("openrouter-api-key"), OpenRouter()),
        (new("langfuse-secret-key"), Langfuse()),
        (new("openai-api-key"), OpenAI()),
        (new("google-api-key"), Google()),
        (new("google-oauth-token"), GoogleOAuth()),
        (new("groq-api-key"), Groq()),
        (new("xai-api-key"), XAI()),
        (new("huggingface-token"), HuggingFace()),
        (new("github-token"), GitHub()),
        (new("aws-access-key-id"), AwsAccessKey()),
        (new("aws-bedrock-api-key"), Bedrock()),
        (new("perplexity-api-key"), Perplexity()),
        (new("replicate-api-token"), Replicate()),
        (new("together-api-key"), Together()),
        (new("nvidia-api-key"), Nvidia()),
        (new("cerebras-api-key"), Cerebras()),
        (new("tavily-api-key"), Tavily()),
        (new("slack-token"), Slack()),
        (new("stripe-secret-key"), Stripe()),
        (new("npm-token"), Npm()),
    ];

    /// <summary>The keys in a text.</summary>
    public static void Find(string text, List<SecretMatch> matches)
    {
        foreach (var (rule, pattern) in s_rules)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                if (LooksRandom(text.AsSpan(match.Index, match.Length)))
                {
                    matches.Add(new SecretMatch(rule, match.Index, match.Length));
                }
            }
        }
    }

    /// <summary>A key has digits and letters; a word with hyphens, such as a package's name, has not enough of both.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> key)
    {
        int digits = 0, letters = 0;
        foreach (var unit in key)
        {
            digits += char.IsAsciiDigit(unit) ? 1 : 0;
            letters += char.IsAsciiLetter(unit) ? 1 : 0;
        }

        return digits >= 2 && letters >= 6 && !key.EndsWith("EXAMPLE", StringComparison.Ordinal);
    }

    // Inside JSON in a string, the letter of an escape such as \n may stand right before a key.
    private const string Begin = @"(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf])|(?<=\\u[0-9a-fA-F]{4}))";

    [GeneratedRegex(Begin + @"sk-ant-[a-z]+[0-9]{2}-[A-Za-z0-9_-]{32,}")]
    private static partial Regex Anthropic();

    [GeneratedRegex(Begin + "sk-or-v1-[0-9a-f]{64}")]
    private static partial Regex OpenRouter();

    [GeneratedRegex(Begin + "sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Langfuse();

    [GeneratedRegex(Begin + "sk-[A-Za-z0-9_-]{20,}")]
    private static partial Regex OpenAI();

    [GeneratedRegex(Begin + @"(?:AIza[A-Za-z0-9_-]{35}|AQ\.Ab8RN6[A-Za-z0-9_-]{44})(?![A-Za-z0-9_-])")]
    private static partial Regex Google();

    [GeneratedRegex(Begin + @"ya29\.[A-Za-z0-9_-]{40,}")]
    private static partial Regex GoogleOAuth();

    [GeneratedRegex(Begin + "gsk_[A-Za-z0-9]{40,}")]
    private static partial Regex Groq();

    [GeneratedRegex(Begin + "xai-[A-Za-z0-9_]{70,}")]
    private static partial Regex XAI();

    [GeneratedRegex(Begin + "(?:hf_|api_org_)[A-Za-z0-9]{34}(?![A-Za-z0-9])")]
    private static partial Regex HuggingFace();

    [GeneratedRegex(Begin + @"(?:gh[pour]_[A-Za-z0-9]{36}(?![A-Za-z0-9])|ghs_[A-Za-z0-9._-]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})")]
    private static partial Regex GitHub();

    [GeneratedRegex(Begin + "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsAccessKey();

    [GeneratedRegex(Begin + "ABSK[A-Za-z0-9+/]{109,269}={0,2}")]
    private static partial Regex Bedrock();

    [GeneratedRegex(Begin + "pplx-[A-Za-z0-9]{48}(?![A-Za-z0-9])")]
    private static partial Regex Perplexity();

    [GeneratedRegex(Begin + "r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])")]
    private static partial Regex Replicate();

    [GeneratedRegex(Begin + "tgp_v1_[A-Za-z0-9_-]{43}")]
    private static partial Regex Together();

    [GeneratedRegex(Begin + "nvapi-[A-Za-z0-9_-]{60,70}")]
    private static partial Regex Nvidia();

    [GeneratedRegex(Begin + "csk-[A-Za-z0-9]{48}(?![A-Za-z0-9])")]
    private static partial Regex Cerebras();

    [GeneratedRegex(Begin + "tvly-(?:dev-)?[A-Za-z0-9-]{32,}")]
    private static partial Regex Tavily();

    [GeneratedRegex(Begin + "(?:xox[abprs]-[0-9]{8,}-[A-Za-z0-9-]{12,}|xapp-[0-9]-[A-Za-z0-9-]{24,})")]
    private static partial Regex Slack();

    [GeneratedRegex(Begin + "(?:sk|rk)_live_[A-Za-z0-9]{24,247}")]
    private static partial Regex Stripe();

    [GeneratedRegex(Begin + "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")]
    private static partial Regex Npm();
}
