using static OpenAICassette.Redaction.Rules.KeyForm;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for keys of services for payments, customers, messages and measurements.</summary>
internal static class BusinessKeys
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Rule(
            "stripe-client-secret",
            "Stripe client secret",
            "pi_{a:24}_secret_{a:20-40}",
            "seti_{a:24}_secret_{a:20-40}"
        ),
        Rule("plaid-token", "Plaid token", "access-production-{g}", "access-sandbox-{g}", "access-development-{g}"),
        Rule("easypost-key", "EasyPost key", "EZAK{a:54}", "EZTK{a:54}"),
        Rule("duffel-token", "Duffel token", "duffel_live_{e:43}", "duffel_test_{e:43}"),
        Rule("twitch-stream-key", "Twitch stream key", "live_{d:8-12}_{a:30-60}"),
        Rule(
            "gocardless-token",
            "GoCardless, Lob or Column key",
            "live_{e:40-44}",
            "live_{h:35}",
            "live_{a:27}",
            "test_{h:35}",
            "test_{a:27}"
        ) with
        {
            IsSecret = SecretValue.IsKey,
        },
        Rule("flutterwave-key", "Flutterwave key", "FLWSECK-{c:32}-X", "FLWSECK_TEST-{c:32}-X", "FLWSECK_TEST-{c:12}"),
        Rule("shippo-token", "Shippo token", "shippo_live_{i:40}", "shippo_test_{i:40}"),
        Rule("paddle-key", "Paddle key", "pdl_live_apikey_{c:26}_{a:22}_{a:3}", "pdl_sdbx_apikey_{c:26}_{a:22}_{a:3}"),
        Rule("polar-token", "Polar token", "polar_at_{u:20-100}", "polar_oat_{u:20-100}", "polar_pat_{u:20-100}"),
        Rule("ramp-secret", "Ramp client secret", "ramp_sec_{a:48}"),
        Rule(
            "authress-key",
            "Authress service key",
            "sc_{a:5-30}.{a:4-6}.acc{u:11-41}.{m:30-140}",
            "ext_{a:5-30}.{a:4-6}.acc{u:11-41}.{m:30-140}",
            "scauth_{a:5-30}.{a:4-6}.acc{u:11-41}.{m:30-140}",
            "authress_{a:5-30}.{a:4-6}.acc{u:11-41}.{m:30-140}"
        ),
        Rule("baremetrics-key", "Baremetrics key", "lk_{a:16-30}"),
        Rule("dfuse-key", "dfuse key", "web_{c:32}") with
        {
            Context = ["dfuse"],
            Examples = ["dfuse: web_{c:32}"],
        },
        Rule("ecostruxure-key", "EcoStruxure IT key", "AK1{b:50-60}"),
        Rule("razorpay-key", "Razorpay key", "rzp_live_{a:14}", "rzp_test_{a:14}") with
        {
            IsSecret = SecretValue.IsNoFiller,
        },
        Rule("asaas-token", "Asaas token", "$aact_{u:20-300}"),
        Rule("midtrans-key", "Midtrans server key", "Mid-server-{u:12-30}"),
        Rule("mercury-token", "Mercury token", "mercury_production_{w:30-100}", "mercury_sandbox_{w:30-100}"),
        Rule("pagarme-key", "Pagar.me key", "ak_live_{a:30}", "ak_test_{a:30}"),
        Rule("rainforest-key", "Rainforest Pay key", "apikey_{h:64}"),
        Rule("flexport-token", "Flexport token", "shltm_{u:40}"),
        Rule("fleetbase-key", "Fleetbase key", "flb_live_{a:20}"),
        Rule("robinhood-key", "Robinhood key", "rh-api-{g}"),
        Rule(
            "ebay-secret",
            "eBay client secret",
            "PRD-{i:8-12}-{i:4}-{i:4}-{i:4}-{i:4-12}",
            "SBX-{i:8-12}-{i:4}-{i:4}-{i:4}-{i:4-12}"
        ),
        Rule("databento-key", "Databento key", "db-{a:29}"),
        Rule("zoho-token", "Zoho token", "1000.{h:32}.{h:32}"),
        Rule(
            "salesforce-token",
            "Salesforce key or token",
            "3MVG9{m:70-110}",
            "5AEP861{m:70-110}",
            "00D{a:12-15}!{m:80-120}"
        ),
        Rule(
            "hubspot-token",
            "HubSpot token",
            "pat-na1-{g}",
            "pat-na2-{g}",
            "pat-na3-{g}",
            "pat-eu1-{g}",
            "pat-ap1-{g}"
        ),
        Rule(
            "klaviyo-key",
            "Klaviyo, ClickUp or Courier key",
            "pk_{a:6}_{c:34}",
            "pk_{a:34}",
            "pk_{c:40-60}",
            "pk_{d:6-10}_{a:32}",
            "pk_prod_{a:28}",
            "pk_{a:5-60}_{a:28}"
        ),
        Rule("mailchimp-key", "Mailchimp key", "{c:32}-us{d:1-3}"),
        Rule("mailersend-token", "MailerSend token", "mlsn.{a:30-80}"),
        Rule("brevo-key", "Brevo key", "xkeysib-{u:70-100}", "xsmtpsib-{u:70-100}"),
        Rule("onesignal-key", "OneSignal key", "os_v2_app_{c:60-120}", "os_v2_org_{c:60-120}"),
        Rule("canada-notify-key", "GC Notify key", "gcntfy-{u:1-60}-{g}-{g}"),
        Rule("close-key", "Close key", "api_{a:22}.{a:22}", "api_{a:45}"),
        Rule("typeform-token", "Typeform token", "tfp_{m:40-64}"),
        Rule("persona-key", "Persona key", "persona_production_{u:20-100}", "persona_sandbox_{u:20-60}"),
        Rule(
            "onfido-token",
            "Onfido token",
            "api_live.{m:20-60}",
            "api_live_us.{m:20-60}",
            "api_live_ca.{m:20-60}",
            "api_sandbox.{m:20-60}"
        ),
        Rule("pubnub-key", "PubNub key", "pub-c-{g}", "sub-c-{g}", "sec-c-{b:48}"),
        new("asana-token", "Asana token")
        {
            Anchors = ["0/1", "1/1", "2/1"],
            Pattern = "[012]/1[0-9]{14,16}(?:/1[0-9]{14,16})?:[A-Za-z0-9]{32,40}(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["1/1{d:15}:{h:32}", "2/1{d:15}/1{d:15}:{c:32}"],
            CounterExamples = ["1/1{d:15}"],
        },
        Rule("proof-key", "Proof key", "prf_{u:20-60}"),
        Rule("samsara-token", "Samsara token", "samsara_api_{a:24-40}"),
        Rule("telnyx-key", "Telnyx key", "KEY{u:55}"),
        Rule("teamwork-token", "Teamwork token", "tkn.v1_{m:60-120}"),
        Rule("airtable-oauth-token", "Airtable OAuth token", "{a:17}.v1.{u:12-600}.{h:20-64}"),
        Rule("segment-token", "Segment token", "sgp_{a:64}"),
        Rule("pinterest-token", "Pinterest token", "pina_{u:20-60}"),
        Rule("twitter-bearer-token", "X bearer token", "AAAAAAAAAAAAAAAAAAAAAA{m:80-120}"),
        Rule("pixie-key", "Pixie key", "px-dep-{g}", "px-api-{g}"),
        Rule("finage-key", "Finage key", "API_KEY{n:32}"),
        Rule("nightfall-key", "Nightfall key", "NF-{a:32}"),
        Rule("bannerbear-key", "Bannerbear key", "bb_ma_{a:30}", "bb_ma_{a:32}", "bb_pr_{a:30}"),
        Rule("besttime-key", "BestTime key", "pri_{h:32}"),
        Rule("shutterstock-token", "Shutterstock token", "v2/{a:300-500}"),
        Rule("tableau-token", "Tableau token", "{b:22}==:{a:32}"),
        Rule("maxmind-key", "MaxMind license key", "{w:36}_mmk"),
        Rule("locationiq-key", "LocationIQ key", "pk.{a:32}"),
        Rule("settlemint-token", "SettleMint token", "sm_aat_{a:16}", "sm_pat_{a:16}", "sm_sat_{a:16}") with
        {
            IsSecret = SecretValue.IsNoFiller,
        },
        Rule("ubidots-key", "Ubidots token", "BBFF-{a:30}"),
        Rule("voiceflow-key", "Voiceflow key", "VF.{l:2}.{i:24}.{a:16}", "VF.{i:24}.{a:16}"),
        Rule("workato-token", "Workato token", "wrka{c:2}-{m:60-1000}", "wrka-{m:60-1000}"),
        Rule("dynatrace-token", "Dynatrace token", "dt0{a:3}.{a:8-24}.{a:64}"),
        Rule("newrelic-license", "New Relic license key", "{a:36}NRAL", "{a:36}nral"),
        Rule("fullstory-key", "FullStory key", "na1.{b:32-200}", "eu1.{b:32-200}", "na1.{a:24-200}", "eu1.{a:24-200}"),
        Rule(
            "newrelic-keys",
            "New Relic key",
            "NRIQ-{u:24-40}",
            "nrak-{u:24-40}",
            "nraa-{u:24-40}",
            "nrii-{u:24-40}",
            "nriq-{u:24-40}",
            "nrra-{h:42}",
            "NRJS-{h:19}",
            "NRBR-{h:19}",
            "NRRA-{h:42}",
            "eu01xx{h:26-36}",
            "eu01xx{a:28-34}NRAL",
            "eu01xx{a:32-40}-NRMA",
            "AA{h:40}-NRMA"
        ),
    ];
}
