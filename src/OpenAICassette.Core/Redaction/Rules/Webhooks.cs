using static OpenAICassette.Redaction.Rules.KeyForm;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for addresses that accept messages from anybody who knows them.</summary>
internal static class Webhooks
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Rule("zapier-webhook", "Zapier webhook", "hooks.zapier.com/hooks/catch/|{d:4-12}/{a:5-12}"),
        new("teams-webhook", "Microsoft Teams webhook")
        {
            Anchors = ["outlook.office.com/webhook/", ".webhook.office.com/webhookb2/"],
            Pattern =
                @"(?:outlook\.office\.com/webhook/|\.webhook\.office\.com/webhookb2/)(?<secret>[A-Za-z0-9@-]{60,90}/IncomingWebhook/[A-Za-z0-9]{32}/[A-Za-z0-9-]{36}(?:/[A-Za-z0-9_-]{20,60})?)",
            IsSecret = SecretValue.IsNoFiller,
            Examples =
            [
                "https://outlook.office.com/webhook/{g}@{g}/IncomingWebhook/{h:32}/{g}",
                "https://acme.webhook.office.com/webhookb2/{g}@{g}/IncomingWebhook/{h:32}/{g}",
            ],
        },
        new("tines-webhook", "Tines webhook")
        {
            Anchors = [".tines.com/webhook/"],
            Pattern = @"\.tines\.com/webhook/(?<secret>[A-Za-z0-9]{32}/[A-Za-z0-9]{32})",
            Examples = ["https://acme.tines.com/webhook/{h:32}/{h:32}"],
        },
    ];
}
