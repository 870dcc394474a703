namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for keys of clouds, code hosts and other services that occur in prompts.</summary>
internal static class ServiceRules
{
    /// <summary>Gets the rules. If two match the same text, the first one applies.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("aws-access-key-id", "AWS access key id")
        {
            Anchors = ["AKIA", "ASIA", "ABIA", "ACCA", "A3T"],
            Shown = 4,
            Pattern = "(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|A3T[A-Z0-9]{17})(?![A-Za-z0-9])",
            IsSecret = value => SecretValue.IsNoFiller(value) && !value.EndsWith("EXAMPLE", StringComparison.Ordinal),
            Examples = ["AKIA{2:16}"],
            CounterExamples = ["AKIAIOSFODNN7EXAMPLE"],
        },
        new("github-token", "GitHub token")
        {
            Anchors = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
            Shown = 4,
            Pattern = "(?:gh[pour]_[A-Za-z0-9_]{36,255}|ghs_[A-Za-z0-9._-]{36,1000}|github_pat_[A-Za-z0-9_]{22,255})",
            Proof = value => value.Length != 40 || KeyChecksum.IsTokenOfThirty(value),
            Examples = ["ghp_{crc}", "github_pat_{a:22}_{a:59}", "ghs_{d:7}_eyJ{a:60}.eyJ{a:200}.{u:86}"],
            CounterExamples = ["ghp_{x:36}"],
        },
        new("gitlab-token", "GitLab token")
        {
            Anchors =
            [
                "glpat-",
                "gldt-",
                "glrt-",
                "glptt-",
                "glcbt-",
                "glsoat-",
                "glft-",
                "glimt-",
                "glagent-",
                "gloas-",
                "glffct-",
                "GR1348941",
            ],
            Shown = 6,
            Pattern =
                @"(?:gl(?:pat|dt|rt|ptt|cbt|soat|ft|imt|agent|oas|ffct)-[A-Za-z0-9_.=-]{20,300}|GR1348941[A-Za-z0-9_-]{20,30})",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["glpat-{u:20}", "glrt-{u:20}", "gloas-{u:64}", "glffct-{u:20}", "GR1348941{u:20}"],
        },
        new("npm-token", "npm token")
        {
            Anchors = ["npm_"],
            Shown = 4,
            Pattern = "npm_[A-Za-z0-9_]{36}(?![A-Za-z0-9])",
            Proof = KeyChecksum.IsTokenOfThirty,
            Examples = ["npm_{crc}"],
            CounterExamples = ["npm_lifecycle_event_name_for_the_script"],
        },
        new("pypi-token", "PyPI token")
        {
            Anchors = ["pypi-"],
            Shown = 5,
            Pattern = "pypi-[A-Za-z0-9_-]{50,1000}",
            Examples = ["pypi-AgEIcHlwaS5vcmc{u:150}"],
        },
        new("slack-token", "Slack token")
        {
            Anchors = ["xox", "xapp-"],
            Shown = 4,
            Pattern =
                @"(?:xox[abcoprs]-[0-9A-Za-z-]{11,1000}|xoxd-[0-9A-Za-z%/+=_.-]{24,400}|xoxe[.-][0-9A-Za-z._-]{24,300}|xapp-[0-9]{1,12}-[A-Za-z0-9/+-]{24,200})",
            IsSecret = value =>
                SecretValue.IsNoFiller(value) && (value.Count(char.IsAsciiDigit) >= 4 || SecretValue.IsKey(value)),
            Examples =
            [
                "xoxb-{d:12}-{d:12}-{a:24}",
                "xoxp-{d:12}-{d:12}-{d:13}-{h:32}",
                "xoxe.xoxp-1-{u:160}",
                "xapp-1-A{2:10}-{d:13}-{h:64}",
                "xoxc-{d:12}-{d:12}-{d:12}-{h:64}",
                "xoxo-{d:6}-{d:6}-{d:6}-{h:18}",
                "xoxd-{b:120}",
            ],
            CounterExamples = ["xoxb-not-a-real-token-for-tests"],
        },
        new("slack-webhook", "Slack webhook")
        {
            Anchors = ["hooks.slack.com/"],
            Pattern = "hooks\\.slack\\.com/(?:services|workflows|triggers)/(?<secret>[A-Za-z0-9+/_-]{16,100})",
            Examples = ["https://hooks.slack.com/services/T{2:9}/B{2:9}/{a:24}"],
        },
        new("stripe-secret-key", "Stripe secret key")
        {
            Anchors = ["sk_", "rk_", "whsec_"],
            Shown = 6,
            Pattern =
                "(?:sk_live_a2V5Xz[A-Za-z0-9+/]{20,200}={0,2}|[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}(?![A-Za-z0-9_-])|whsec_[A-Za-z0-9+/]{32,64}={0,2})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["sk_live_{a:99}", "rk_test_{a:24}", "whsec_{a:32}"],
            CounterExamples = ["pk_live_{a:99}"],
        },
        new("secret-key", "A key that begins with sk_, which many services use for secret keys")
        {
            Anchors = ["sk_"],
            Shown = 3,
            Pattern = "sk_[A-Za-z0-9_+/=-]{20,320}",
            Examples = ["sk_{c:40}", "sk_live_{a:40}-{a:40}", "sk_{d:4}_{d:6}_{h:32}", "sk_{c:24}_{u:40}", "sk_{g}"],
            CounterExamples = ["sk_live_mode_is_not_enabled_for_this_account", "pk_live_{a:99}"],
        },
        new("sendgrid-api-key", "SendGrid API key")
        {
            Anchors = ["SG."],
            Shown = 3,
            Pattern = @"SG\.(?:[A-Za-z0-9=_-]{16,64}\.[A-Za-z0-9=_-]{24,128}|[A-Za-z0-9=_.-]{66})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["SG.{u:22}.{u:43}"],
        },
        new("mailgun-key", "Mailgun key")
        {
            Anchors = ["key-"],
            Shown = 4,
            Pattern = "key-(?:[0-9a-z]{32}|[A-Za-z0-9]{64})(?![A-Za-z0-9-])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["key-{h:32}"],
        },
        new("twilio-key", "Twilio API key or token")
        {
            Anchors = ["SK"],
            Shown = 2,
            Pattern = "SK[0-9a-f]{32}(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["SK{h:32}"],
        },
        new("telegram-bot-token", "Telegram bot token")
        {
            Anchors = [":AA"],
            LeadIn = 14,
            Pattern = "[a-z]{0,4}(?<secret>[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34})(?![A-Za-z0-9_-])",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["{d:9}:AA{u:33}", "https://api.telegram.org/bot{d:10}:AA{u:33}/getMe"],
        },
        new("discord-bot-token", "Discord bot token")
        {
            Anchors = ["MT", "Mz", "Nz", "ND", "OD", "OT", "NT", "MD", "Nj", "Mj", "NjA"],
            Pattern = @"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![A-Za-z0-9_-])",
            Examples = ["MT{a:24}.{a:6}.{u:38}"],
        },
        new("discord-webhook", "Discord webhook")
        {
            Anchors = ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
            Pattern = "discord(?:app)?\\.com/api/webhooks/[0-9]{15,22}/(?<secret>[A-Za-z0-9_-]{50,90})",
            Examples = ["https://discord.com/api/webhooks/{d:18}/{u:68}"],
        },
        new("digitalocean-token", "DigitalOcean token")
        {
            Anchors = ["dop_v1_", "doo_v1_", "dor_v1_"],
            Shown = 7,
            Pattern = "do[opr]_v1_[0-9a-f]{64}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["dop_v1_{h:64}"],
        },
        new("databricks-token", "Databricks token")
        {
            Anchors = ["dapi"],
            Shown = 4,
            Pattern = "dapi(?:[0-9A-Fa-f]{32}|[0-9a-f-]{32,34})(?:-[0-9]+)?(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["dapi{h:32}", "dapi{h:32}-2"],
        },
        new("shopify-token", "Shopify token")
        {
            Anchors = ["shp"],
            Shown = 6,
            Pattern = "shp(?:at|ss|ca|pa|ua|rt)_[0-9a-zA-Z]{30,64}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["shpat_{h:32}"],
        },
        new("linear-api-key", "Linear API key")
        {
            Anchors = ["lin_api_", "lin_oauth_"],
            Shown = 8,
            Pattern = "lin_(?:api|oauth)_[A-Za-z0-9_]{32,128}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["lin_api_{a:40}"],
        },
        new("notion-token", "Notion token")
        {
            Anchors = ["ntn_", "secret_"],
            Shown = 4,
            Pattern = "(?:ntn_[A-Za-z0-9]{40,60}|secret_(?:[A-Za-z0-9]{43}|[A-Za-z0-9]{16}))(?![A-Za-z0-9_])",
            Examples = ["ntn_{d:11}{a:35}", "secret_{a:43}"],
        },
        new("figma-token", "Figma token")
        {
            Anchors = ["figd_", "figp_", "figh_", "figo_", "figr_"],
            Shown = 5,
            Pattern = "fig[dphor]_[A-Za-z0-9=_-]{36,64}",
            Examples = ["figd_{u:40}", "figp_{u:42}", "figr_{u:42}"],
        },
        new("airtable-token", "Airtable token")
        {
            Anchors = ["pat"],
            Shown = 3,
            Pattern = @"pat[A-Za-z0-9]{14}\.[0-9a-z]{60,70}",
            Examples = ["pat{a:14}.{h:64}"],
        },
        new("grafana-token", "Grafana token")
        {
            Anchors = ["glsa_", "glc_", "eyJrIjoi"],
            Shown = 4,
            Pattern = "(?:glsa_[A-Za-z0-9_]{41}|eyJrIjoi[A-Za-z0-9+/_-]{40,400}={0,2}|glc_[A-Za-z0-9+/_=-]{32,400})",
            Examples = ["glsa_{a:32}_{h:8}", "eyJrIjoi{u:90}=="],
        },
        new("newrelic-key", "New Relic key")
        {
            Anchors = ["NRAK-", "NRAA-", "NRII-"],
            Shown = 5,
            Pattern = "NR(?:AK|AA|II)-[A-Za-z0-9_-]{24,40}",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["NRAK-{2:27}"],
        },
        new("postman-api-key", "Postman API key")
        {
            Anchors = ["PMAK-"],
            Shown = 5,
            Pattern = "PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["PMAK-{h:24}-{h:34}"],
        },
        new("pulumi-token", "Pulumi token")
        {
            Anchors = ["pul-"],
            Shown = 4,
            Pattern = "pul-[0-9a-z]{40}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["pul-{h:40}"],
        },
        new("rubygems-key", "RubyGems key")
        {
            Anchors = ["rubygems_"],
            Shown = 9,
            Pattern = "rubygems_[0-9a-zA-Z]{44,52}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["rubygems_{h:48}"],
        },
        new("heroku-key", "Heroku key")
        {
            Anchors = ["HRKU-"],
            Shown = 5,
            Pattern = "HRKU-[A-Za-z0-9_-]{36,70}",
            Examples = ["HRKU-AA{u:58}"],
        },
        new("terraform-token", "Terraform Cloud token")
        {
            Anchors = [".atlasv1."],
            LeadIn = 14,
            Pattern = @"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9=_-]{60,80}",
            Examples = ["{a:14}.atlasv1.{u:67}"],
        },
        new("vault-token", "HashiCorp Vault token")
        {
            Anchors = ["hvs.", "hvb.", "hvr."],
            Shown = 4,
            Pattern = @"hv[sbr]\.[A-Za-z0-9_-]{24,300}",
            Examples = ["hvs.{u:90}"],
        },
        new("age-secret-key", "age secret key")
        {
            Anchors = ["AGE-SECRET-KEY-1"],
            Shown = 16,
            Pattern = "AGE-SECRET-KEY-1[A-Z0-9]{50,70}",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["AGE-SECRET-KEY-1{2:58}"],
        },
        new("sentry-token", "Sentry token")
        {
            Anchors = ["sntrys_", "sntryu_"],
            Shown = 7,
            Pattern = "sntry[su]_[A-Za-z0-9+/=_-]{60,400}",
            Examples = ["sntryu_{h:64}"],
        },
        new("docker-token", "Docker Hub token")
        {
            Anchors = ["dckr_pat_", "dckr_oat_"],
            Shown = 9,
            Pattern = "dckr_[po]at_[A-Za-z0-9_-]{27,40}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["dckr_pat_{u:27}"],
        },
        new("netlify-token", "Netlify token")
        {
            Anchors = ["nfp_", "nfo_", "nfc_", "nfu_", "nfb_"],
            Shown = 4,
            Pattern = "nf[pocub]_[A-Za-z0-9_]{36,50}",
            Examples = ["nfp_{a:36}"],
        },
        new("fly-token", "Fly.io token")
        {
            Anchors = ["fm2_", "fm1", "fo1_", "FlyV1 "],
            Shown = 4,
            Pattern =
                "(?:(?:fm2_|fm1[ar]?_)[A-Za-z0-9+/_-]{60,2000}={0,3}(?:,[A-Za-z0-9+/_=-]{20,2000})*|fo1_[A-Za-z0-9_-]{43}|FlyV1 [A-Za-z0-9+/=_,-]{60,3000})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["fo1_{u:43}", "FlyV1 fm2_{b:200},fm2_{b:160}==", "fm1r_{b:150}"],
        },
        new("planetscale-token", "PlanetScale token")
        {
            Anchors = ["pscale_"],
            Shown = 7,
            Pattern = @"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,64}",
            Examples = ["pscale_tkn_{u:43}"],
        },
        new("atlassian-token", "Atlassian token")
        {
            Anchors = ["ATATT", "ATCTT", "ATBB"],
            Shown = 4,
            Pattern = "(?:AT[AC]TT[A-Za-z0-9+/=_-]{20,300}|ATBB[A-Za-z0-9]{32})",
            Examples = ["ATATT3{u:180}", "ATBB{a:32}"],
        },
        new("dropbox-token", "Dropbox token")
        {
            Anchors = ["sl."],
            Shown = 3,
            Pattern = @"sl\.[A-Za-z0-9_.=-]{100,2000}",
            Examples = ["sl.{u:140}"],
        },
        new("alibaba-access-key-id", "Alibaba Cloud access key id")
        {
            Anchors = ["LTAI"],
            Shown = 4,
            Pattern = "LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["LTAI{a:20}"],
        },
        new("doppler-token", "Doppler token")
        {
            Anchors = ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
            Shown = 6,
            Pattern = @"dp\.(?:pt|ct|sa|st|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}",
            Examples = ["dp.pt.{a:43}", "dp.scim.{a:43}", "dp.audit.{a:43}"],
        },
        new("mapbox-token", "Mapbox secret token")
        {
            Anchors = ["sk.", "tk."],
            Shown = 3,
            Pattern = @"[st]k\.(?:[A-Za-z0-9+/=_-]{30,300}\.[A-Za-z0-9+/=_-]{20,40}|[A-Za-z0-9.-]{80,240})",
            Examples = ["sk.eyJ{a:70}.{u:22}"],
        },
        new("supabase-key", "Supabase key")
        {
            Anchors = ["sbp_", "sb_secret_"],
            Shown = 4,
            Pattern = "(?:sbp_(?:v0_)?[0-9a-zA-Z_-]{40}|sb_secret_[A-Za-z0-9_-]{20,60})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["sbp_{h:40}", "sb_secret_{u:31}"],
        },
        new("vercel-token", "Vercel token")
        {
            Anchors = ["vcp_", "vci_", "vca_", "vcr_", "vck_", "vercel_blob_rw_"],
            Shown = 4,
            Pattern = "(?:vc[piark]_|vercel_blob_rw_)[A-Za-z0-9_-]{24,100}",
            Examples = ["vcp_{a:56}"],
        },
        new("square-token", "Square access token or application secret")
        {
            Anchors = ["EAAA", "sq0"],
            Shown = 4,
            Pattern =
                "(?:EAAA[A-Za-z0-9_+=-]{22,64}(?![A-Za-z0-9_+/=-])|(?:sandbox-)?sq0[a-z]{3}-[A-Za-z0-9_-]{22,50})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["EAAA{u:60}", "EAAA{u:24}", "sq0atp-{u:22}", "sq0csp-{u:43}"],
        },
        new("facebook-token", "Meta access token")
        {
            Anchors = ["EAA"],
            Shown = 3,
            Pattern = "(?:EAACEdEose0cBA[A-Za-z0-9]{12,400}|EAA[A-Za-z0-9]{90,400})(?![A-Za-z0-9])",
            Examples = ["EAA{a:150}"],
        },
        new("azure-client-secret", "Microsoft Entra client secret")
        {
            Anchors = ["7Q~", "8Q~"],
            LeadIn = 3,
            LeastLeadIn = 3,
            LeadAlphabet = KeyForm.Alphabet("a") + "_~.-",
            Pattern = "[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])",
            Examples = ["{a:3}8Q~{u:34}", "_{a:1}~7Q~{u:33}~"],
        },
        new("json-web-token", "JSON web token")
        {
            Anchors = ["eyJ", "ewo"],
            Shown = 3,
            Pattern = @"(?:eyJ|ewo)[A-Za-z0-9_-]{12,2000}(?:\.[A-Za-z0-9_-]{12,8000}){1,5}",
            IsSecret = JsonWebToken.IsToken,
            Examples = ["{j}"],
            CounterExamples = ["eyJ{a:20}", "eyJ{l:30}.eyJ{l:30}.{u:20}"],
        },
    ];
}
