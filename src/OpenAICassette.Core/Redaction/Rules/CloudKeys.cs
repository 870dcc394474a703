using static OpenAICassette.Redaction.Rules.KeyForm;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Rules for keys of clouds and of what runs in them.</summary>
internal static class CloudKeys
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Rule(
            "azure-messaging-key",
            "Azure Service Bus, Event Hubs, Relay, IoT, Event Grid or Redis key",
            "{b:33}+ASb{b:6}=",
            "{b:33}+AEh{b:6}=",
            "{b:33}+ARm{b:6}=",
            "{b:33}AIoT{b:6}=",
            "{b:33}AzCa{b:6}=",
            "{b:33}AZEG{b:6}="
        ),
        Rule("azure-registry-password", "Azure Container Registry password", "{b:42}+ACR{b:6}"),
        Rule(
            "azure-account-key",
            "Azure Storage, Cosmos DB, Batch, Machine Learning or API Management key",
            "{b:76}+ASt{b:6}==",
            "{b:76}ACDb{b:6}==",
            "{b:76}+ABa{b:6}==",
            "{b:76}+AMC{b:6}==",
            "{b:76}APIM{b:6}=="
        ),
        Rule("azure-devops-token", "Azure DevOps token", "{a:76}AZDO{a:4}"),
        Rule("azure-repository-password", "Azure API Management repository password", "git&|{d:12}&{b:86}=="),
        Rule("azure-functions-key", "Azure Functions key", "{u:44}AzFu{u:6}=="),
        Rule("azure-search-key", "Azure AI Search key", "{a:42}AzSe{a:6}"),
        Rule(
            "azure-refresh-token",
            "Microsoft Entra refresh token",
            "AgABAwEAAA{m:100-2000}",
            "AgABAAAAAA{m:100-2000}",
            "0.A{o:150-2600}",
            "1.A{o:150-2600}"
        ),
        Rule("aws-mws-token", "Amazon Marketplace token", "amzn.mws.{g}"),
        Rule("aws-appsync-key", "AWS AppSync key", "da2-{c:26}"),
        Rule("alibaba-sts-token", "Alibaba Cloud temporary credentials", "STS.{a:20-60}"),
        Rule(
            "cloudflare-token",
            "Cloudflare token or key",
            "cfk_{a:40-60}",
            "cfat_{a:40-60}",
            "cfut_{a:40-60}",
            "v1.0-{o:100-400}"
        ),
        Rule(
            "softlayer-key",
            "SoftLayer key",
            "api.softlayer.com/soap/v3/|{c:64}",
            "api.softlayer.com/soap/v3.1/|{c:64}"
        ),
        Rule("scalingo-token", "Scalingo token", "tk-us-{u:48}", "tk-eu-{u:48}"),
        Rule("exoscale-key", "Exoscale key", "EXO{a:24-32}"),
        Rule("upcloud-token", "UpCloud token", "ucat_{a:24-40}"),
        Rule("yandex-key", "Yandex Cloud key or token", "AQVN{u:35-40}", "t1.{e:3-200}.{e:60-120}"),
        Rule("salad-cloud-key", "SaladCloud key", "salad_cloud_{w:30-80}"),
        Rule("openshift-token", "OpenShift token", "sha256~{u:43}"),
        Rule("docker-swarm-token", "Docker Swarm token", "SWMTKN-1-{c:40-60}-{c:20-30}", "SWMKEY-1-{b:40-60}"),
        Rule("tailscale-key", "Tailscale key", "tskey-{l:2-40}-{u:16-80}"),
        Rule("defined-networking-token", "Defined Networking token", "dnkey-{e:40-100}"),
        Rule("cockroach-cloud-key", "CockroachDB Cloud key", "CCDB1_{a:22}_{a:40}"),
        Rule("mongodb-atlas-secret", "MongoDB Atlas service account secret", "mdb_sa_sk_{u:40}"),
        Rule("astra-token", "DataStax Astra token", "AstraCS:{a:20-40}:{i:60-70}", "AstraCS:{a:24-100}"),
        Rule("neon-key", "Neon key", "napi_{a:40-80}"),
        Rule("elastic-cloud-key", "Elastic Cloud key", "essu_{m:40-200}"),
        Rule("clickhouse-cloud-key", "ClickHouse Cloud secret", "4b1d{a:38}"),
        Rule("render-key", "Render key", "rnd_{a:28-40}"),
        Rule("deno-token", "Deno Deploy token", "ddp_{a:36}", "ddw_{a:36}"),
    ];
}
