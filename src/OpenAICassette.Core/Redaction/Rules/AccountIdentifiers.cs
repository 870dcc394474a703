namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Finds identifiers of the account that was used. Off by default, because cassettes may need them for replay.
/// </summary>
internal static class AccountIdentifiers
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("openai-organization", "OpenAI organization")
        {
            Severity = SecretSeverity.Warning,
            Anchors = ["org-"],
            Shown = 4,
            Pattern = "org-[A-Za-z0-9]{24}(?![A-Za-z0-9])",
            Examples = ["org-{a:24}"],
            CounterExamples = ["org-chart-of-the-company"],
        },
        new("openai-project", "OpenAI project or user")
        {
            Severity = SecretSeverity.Warning,
            Anchors = ["proj_", "user-"],
            Shown = 5,
            Pattern = "(?:proj_|user-)[A-Za-z0-9]{24}(?![A-Za-z0-9])",
            Examples = ["proj_{a:24}", "user-{a:24}"],
            CounterExamples = ["proj_name"],
        },
        new("azure-resource", "Host name of an Azure AI resource")
        {
            Severity = SecretSeverity.Warning,
            IsSecret = value => !SecretValue.HasFiller(value),
            Pattern =
                @"(?<secret>[A-Za-z0-9][A-Za-z0-9-]{1,62})\.(?:openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com|search\.windows\.net)",
            Examples = ["https://{l:9}-prod.openai.azure.com/openai/deployments"],
            CounterExamples = ["https://api.openai.com/v1"],
        },
        new("watsonx-project", "watsonx project or space")
        {
            Severity = SecretSeverity.Warning,
            Names = ["project_id", "space_id", "projectId", "spaceId"],
            IsSecret = _ => true,
            Pattern = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
            Examples = ["{\"project_id\": \"{g}\"}"],
            CounterExamples = ["{\"id\": \"{g}\"}"],
        },
    ];
}
