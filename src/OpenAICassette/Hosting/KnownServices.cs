namespace OpenAICassette.Hosting;

/// <summary>The services that clients mean when they ask at the address of a cassette: what their variables named before, else the service's own host.</summary>
internal static class KnownServices
{
    /// <summary>The service for an operation.</summary>
    /// <param name="operation">The operation, for example messages or api/chat.</param>
    public static Uri Of(string operation)
        => operation.StartsWith("api/", StringComparison.Ordinal) ? Named("http://127.0.0.1:11434", "OLLAMA_HOST")
            : operation == "messages" || operation.StartsWith("messages/", StringComparison.Ordinal) ? Named("https://api.anthropic.com", "ANTHROPIC_BASE_URL")
            : Named("https://api.openai.com/v1", "OPENAI_BASE_URL", "OPENAI_API_BASE", "AZURE_OPENAI_ENDPOINT");

    private static Uri Named(string standard, params ReadOnlySpan<string> variables)
    {
        foreach (var variable in variables)
        {
            if (Uri.TryCreate(RunningServers.OriginalVariable(variable), UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
            {
                return address;
            }
        }

        return new Uri(standard);
    }
}
