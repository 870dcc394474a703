namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for addresses that accept messages from anybody who knows them.</summary>
internal static class Webhooks
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("zapier-webhook", "Zapier webhook")
        {
            Anchors = ["hooks.zapier.com/hooks/catch/"],
            Pattern = @"hooks\.zapier\.com/hooks/catch/(?<secret>[A-Za-z0-9/]{10,40})",
            IsSecret = value => !SecretValue.HasFiller(value),
            Examples = ["https://hooks.zapier.com/hooks/catch/{d:8}/{a:8}/"],
        },
        new("teams-webhook", "Microsoft Teams webhook")
        {
            Anchors = ["outlook.office.com/webhook/", ".webhook.office.com/webhookb2/"],
            Pattern =
                @"(?:outlook\.office\.com/webhook/|\.webhook\.office\.com/webhookb2/)(?<secret>[A-Za-z0-9@-]{40,140}/IncomingWebhook/[A-Za-z0-9]{20,64}/[A-Za-z0-9-]{20,64}(?:/[A-Za-z0-9_-]{20,60})?)",
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
            Pattern = @"\.tines\.com/webhook/(?<secret>[A-Za-z0-9_-]{10,64}(?:/[A-Za-z0-9_-]{10,64})?)",
            Examples = ["https://acme.tines.com/webhook/{h:32}/{h:32}"],
        },
    ];
}
