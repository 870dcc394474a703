namespace OpenAICassette.Apis;

/// <summary>Represents the parameters of a query that carry credentials.</summary>
internal static class QueryCredentials
{
    /// <summary>Gets the names of the parameters.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "key", "api_key", "access_token" };

    /// <summary>Returns true when a query has parameters that are not credentials.</summary>
    /// <param name="query">The query without its question mark.</param>
    public static bool HasOthers(string query) =>
        query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Any(parameter => !Names.Contains(parameter.Split('=')[0]));
}
