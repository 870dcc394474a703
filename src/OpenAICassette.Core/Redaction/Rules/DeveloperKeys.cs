using static OpenAICassette.Redaction.Rules.KeyForm;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for keys of code hosts, package registries, build services and developer tools.</summary>
internal static class DeveloperKeys
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Rule("crates-token", "crates.io token", "cio{a:32}"),
        Rule("nuget-key", "NuGet key", "oy2{c:43}"),
        Rule("clojars-token", "Clojars token", "CLOJARS_{c:60}"),
        Rule("artifactory-key", "Artifactory key", "AKC{a:24-100}", "cmVmd{a:59}"),
        Rule("cloudsmith-key", "Cloudsmith key", "csa_{a:36-60}"),
        Rule(
            "sourcegraph-token",
            "Sourcegraph token",
            "sgp_{i:16}_{i:40}",
            "sgp_local_{i:40}",
            "sgp_{i:16}_local_{i:40}",
            "sgp_{i:40}",
            "slk_{i:64}"
        ),
        Rule("circleci-token", "CircleCI token", "CCIPAT_{a:20-30}_{a:40}", "CCIPRJ_{a:22}_{a:40}"),
        Rule(
            "buildkite-token",
            "Buildkite token",
            "bkua_{e:40-200}",
            "bkct_{e:40-200}",
            "bkaj_{e:40-400}",
            "bkaa_{e:40-200}",
            "bkar_{e:40-200}",
            "bkps_{e:40-200}",
            "bkpt_{e:40-200}",
            "bkpat_{e:40-200}"
        ),
        Rule("harness-token", "Harness token", "pat.{u:22}.{a:24}.{a:20}", "sat.{u:22}.{a:24}.{a:20}"),
        Rule("octopus-key", "Octopus Deploy key", "API-{n:26}"),
        Rule("launchdarkly-key", "LaunchDarkly key", "sdk-{g}", "api-{g}"),
        Rule("configcat-key", "ConfigCat key", "configcat-sdk-1/{u:22}/{u:22}"),
        Rule("devcycle-key", "DevCycle server key", "dvc_server_{w:10-80}"),
        Rule("prefect-key", "Prefect key", "pnu_{a:36}", "pnb_{a:36}"),
        Rule("infracost-key", "Infracost key", "ico-{a:32}"),
        Rule("mergify-key", "Mergify key", "mergify_application_key_{u:30-100}"),
        Rule("readme-key", "ReadMe key", "rdme_{c:70}"),
        Rule("endor-labs-key", "Endor Labs key or secret", "endr+{u:16}") with
        {
            IsSecret = SecretValue.IsNoFiller,
        },
        Rule("stackhawk-key", "StackHawk key", "hawk.{u:20}.{u:20}"),
        Rule("sonar-token", "Sonar token", "sqp_{e:40}", "squ_{e:40}", "sqa_{e:40}", "sqco_{a:50-70}"),
        Rule("dependency-track-key", "Dependency-Track key", "odt_{a:8}_{a:32}", "odt_{a:32-64}"),
        Rule("aikido-secret", "Aikido secret", "AIK_SECRET_{a:16-100}", "AIK_CI_{a:16-100}"),
        Rule("postman-key", "Postman key", "PMAK-{u:59}"),
        Rule("apify-token", "Apify token", "apify_api_{u:34-40}"),
        Rule("contentful-token", "Contentful token", "CFPAT-{u:43}"),
        Rule("storyblok-token", "Storyblok token", "{a:22}tt-{d:5-8}-{u:20}"),
        Rule("ionic-token", "Ionic token", "ion_{a:42}"),
        Rule("adobe-secret", "Adobe client secret", "p8e-{u:32}"),
        Rule("adafruit-key", "Adafruit IO key", "aio_{a:28}"),
        Rule("canva-secret", "Canva client secret", "cnvca{u:44-60}"),
        Rule("frameio-token", "Frame.io token", "fio-u-{e:64}"),
        Rule(
            "onepassword-key",
            "1Password secret key",
            "A3-{n:6}-{n:11}-{n:5}-{n:5}-{n:5}",
            "A3-{n:6}-{n:6}-{n:5}-{n:5}-{n:5}-{n:5}"
        ),
        Rule("onepassword-token", "1Password service account token", "ops_ey{m:100-2000}"),
        Rule("gitlab-session", "GitLab session", "_gitlab_session=|{c:32}"),
        Rule("alchemy-key", "Alchemy key", "alcht_{a:30}"),
        Rule("unkey-key", "Unkey key", "unkey_{a:16-40}"),
        Rule("zuplo-key", "Zuplo key", "zpka_{a:32}_{i:8}"),
        Rule("val-town-token", "Val Town token", "vtwn_{u:24-80}"),
        Rule("wakatime-key", "WakaTime key", "waka_{c:36-60}", "waka_{g}"),
        Rule("thunderstore-token", "Thunderstore token", "tss_{u:24-100}"),
        Rule("rootly-key", "Rootly key", "rootly_{h:64}"),
        Rule("portainer-token", "Portainer token", "ptr_{m:24-60}"),
        Rule("trufflehog-secret", "TruffleHog Enterprise key", "thog-key-{h:16}", "thog-secret-{h:32}"),
        Rule("cursor-key", "Cursor key", "key_{h:64}"),
        Rule("devin-key", "Devin key", "cog_{c:52}", "apk_user_{b:40-400}", "apk_{b:60-400}"),
        Rule("lichess-token", "Lichess token", "lip_{w:16-60}"),
        Rule("dropbox-long-lived-token", "Dropbox long-lived token", "{a:11}AAAAAAAAAA{e:43}"),
        Rule("scrapfly-key", "Scrapfly key", "scp-live-{c:32}", "scp-test-{c:32}"),
        Rule("intra42-secret", "42 Intra secret", "s-s4t2ud-{h:64}", "s-s4t2af-{h:64}"),
    ];
}
