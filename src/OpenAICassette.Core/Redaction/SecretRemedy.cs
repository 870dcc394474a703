namespace OpenAICassette.Redaction;

/// <summary>Says what to do about a secret that was recorded. Whoever has read the file has the secret.</summary>
/// <param name="Text">What to do, in one sentence.</param>
/// <param name="Uri">The page where keys of the kind are managed; null if there is none or it is not known.</param>
internal sealed record SecretRemedy(string Text, string? Uri = null)
{
    private static readonly Dictionary<string, string> s_pages = new(StringComparer.Ordinal)
    {
        ["anthropic-api-key"] = "https://console.anthropic.com/settings/keys",
        ["google-api-key"] = "https://console.cloud.google.com/apis/credentials",
        ["aws-access-key-id"] = "https://console.aws.amazon.com/iam/home#/security_credentials",
        ["aws-bedrock-api-key"] = "https://console.aws.amazon.com/bedrock/home#/api-keys",
        ["azure-openai-key"] = "https://portal.azure.com",
        ["azure-account-key"] = "https://portal.azure.com",
        ["azure-messaging-key"] = "https://portal.azure.com",
        ["azure-client-secret"] = "https://entra.microsoft.com",
        ["github-token"] = "https://github.com/settings/tokens",
        ["gitlab-token"] = "https://gitlab.com/-/user_settings/personal_access_tokens",
        ["npm-token"] = "https://www.npmjs.com/settings/~/tokens",
        ["pypi-token"] = "https://pypi.org/manage/account/token/",
        ["crates-token"] = "https://crates.io/settings/tokens",
        ["nuget-key"] = "https://www.nuget.org/account/apikeys",
        ["slack-token"] = "https://api.slack.com/apps",
        ["stripe-secret-key"] = "https://dashboard.stripe.com/apikeys",
        ["huggingface-token"] = "https://huggingface.co/settings/tokens",
        ["groq-api-key"] = "https://console.groq.com/keys",
        ["xai-api-key"] = "https://console.x.ai",
        ["openrouter-api-key"] = "https://openrouter.ai/settings/keys",
        ["perplexity-api-key"] = "https://console.perplexity.ai",
        ["replicate-api-token"] = "https://replicate.com/account/api-tokens",
        ["together-api-key"] = "https://api.together.ai/settings/api-keys",
        ["nvidia-api-key"] = "https://build.nvidia.com/settings/api-keys",
        ["pinecone-api-key"] = "https://app.pinecone.io",
        ["langsmith-api-key"] = "https://smith.langchain.com/settings",
        ["sendgrid-api-key"] = "https://app.sendgrid.com/settings/api_keys",
        ["cloudflare-token"] = "https://dash.cloudflare.com/profile/api-tokens",
        ["digitalocean-token"] = "https://cloud.digitalocean.com/account/api/tokens",
        ["figma-token"] = "https://www.figma.com/settings",
        ["notion-token"] = "https://www.notion.so/my-integrations",
        ["linear-api-key"] = "https://linear.app/settings/account/security",
        ["sentry-token"] = "https://sentry.io/settings/account/api/auth-tokens/",
        ["tailscale-key"] = "https://login.tailscale.com/admin/settings/keys",
        ["vercel-token"] = "https://vercel.com/account/tokens",
        ["wandb-api-key"] = "https://wandb.ai/settings",
        ["telegram-bot-token"] = "https://t.me/BotFather",
        ["discord-bot-token"] = "https://discord.com/developers/applications",
        ["elevenlabs-api-key"] = "https://elevenlabs.io/app/settings/api-keys",
        ["firecrawl-api-key"] = "https://www.firecrawl.dev/app/api-keys",
        ["tavily-api-key"] = "https://app.tavily.com",
        ["cerebras-api-key"] = "https://cloud.cerebras.ai",
        ["fireworks-api-key"] = "https://app.fireworks.ai/settings/users/api-keys",
        ["voyage-api-key"] = "https://dashboard.voyageai.com",
        ["posthog-key"] = "https://app.posthog.com/settings/user-api-keys",
        ["airtable-token"] = "https://airtable.com/create/tokens",
        ["asana-token"] = "https://app.asana.com/0/my-apps",
        ["atlassian-token"] = "https://id.atlassian.com/manage-profile/security/api-tokens",
        ["heroku-key"] = "https://dashboard.heroku.com/account",
        ["netlify-token"] = "https://app.netlify.com/user/applications",
        ["pulumi-token"] = "https://app.pulumi.com/account/tokens",
        ["rubygems-key"] = "https://rubygems.org/profile/api_keys",
        ["square-token"] = "https://developer.squareup.com/apps",
        ["supabase-key"] = "https://supabase.com/dashboard/account/tokens",
        ["terraform-token"] = "https://app.terraform.io/app/settings/tokens",
        ["twilio-key"] = "https://console.twilio.com",
        ["docker-token"] = "https://app.docker.com/settings/personal-access-tokens",
    };

    private static readonly SecretRemedy s_webhook = new(
        "Delete the webhook and create another one, then remove its address from the file."
    );

    private static readonly Dictionary<string, SecretRemedy> s_others = new(StringComparer.Ordinal)
    {
        // Other providers have keys of the same form.
        ["openai-api-key"] = new(
            "Revoke the key at https://platform.openai.com/api-keys or where it was issued, then remove it from the file.",
            "https://platform.openai.com/api-keys"
        ),
        ["openai-session-key"] = new(
            "Log out of all sessions at https://platform.openai.com, then remove the key from the file.",
            "https://platform.openai.com"
        ),
        ["openai-ephemeral-key"] = new("Wait until the key has expired, then remove it from the file."),
        ["google-oauth-token"] = new(
            "Revoke the token at https://myaccount.google.com/permissions, or reset the client secret at https://console.cloud.google.com/apis/credentials, then remove it from the file.",
            "https://myaccount.google.com/permissions"
        ),
        ["slack-webhook"] = s_webhook,
        ["discord-webhook"] = s_webhook,
        ["teams-webhook"] = s_webhook,
        ["zapier-webhook"] = s_webhook,
        ["tines-webhook"] = s_webhook,
        ["url-credential"] = new(
            "Revoke the key that the parameter has or was signed with, or wait until the URL has expired, then remove it from the file."
        ),
        ["stripe-client-secret"] = new("Cancel the payment or setup intent, then remove the secret from the file."),
        ["onepassword-key"] = new("Regenerate the secret key of the account, then remove it from the file."),
        ["age-secret-key"] = new("Encrypt the files again for another key, then remove this one from the file."),
        ["cookie"] = new("End the session, then remove the cookie from the file."),
        ["session-id"] = new("End the session, then remove its id from the file."),
        ["password"] = new("Change the password wherever it is used, then remove it from the file."),
        ["url-password"] = new("Change the password wherever it is used, then remove it from the file."),
        ["private-key"] = new("Replace the key pair and revoke its certificates, then remove the key from the file."),
        ["json-web-token"] = new("Wait until the token has expired or revoke it, then remove it from the file."),
    };

    private static readonly SecretRemedy s_personal = new("Remove the data from the file, and from its history.");

    /// <summary>Gets the ids of the rules whose secrets have a remedy of their own.</summary>
    public static IEnumerable<string> Known => s_pages.Keys.Concat(s_others.Keys);

    /// <summary>Returns the remedy for the secrets of a rule.</summary>
    /// <param name="rule">The id of the rule.</param>
    public static SecretRemedy Of(string rule)
    {
        if (s_pages.TryGetValue(rule, out var page))
        {
            return new SecretRemedy($"Revoke the key at {page}, then remove it from the file.", page);
        }

        return s_others.TryGetValue(rule, out var other) ? other
            : Rules.PersonalData.All.Concat(Rules.AccountIdentifiers.All).Any(personal => personal.Id == rule)
                ? s_personal
            : new SecretRemedy("Revoke the secret where it was issued, then remove it from the file.");
    }
}
