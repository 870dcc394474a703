using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>What the newest algorithms make of a recorded list of models, told without the engine.</summary>
internal static class ListedModels
{
    private static readonly string[] s_algorithms = ["h6b", "h6c", "h7"];
    private static readonly string[] s_local = ["0.0.0.0", "127.0.0.1", "localhost"];

    /// <summary>The newest algorithms that reproduce a file's name; null for what is no list of models.</summary>
    public static IReadOnlyList<string>? Algorithms(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var request = document.RootElement.GetProperty("request");
        if (
            !Uri.TryCreate(request.Member("url").Text(), UriKind.Absolute, out var url)
            || !(url.AbsolutePath.EndsWith("/models", StringComparison.Ordinal) || url.AbsolutePath == "/api/tags")
        )
        {
            return null;
        }

        var key = Path.GetFileNameWithoutExtension(path).Replace("models-", "", StringComparison.Ordinal).Split('-')[0];
        var test = document.RootElement.Member("test_id").Text();
        return [.. s_algorithms.Where(name => Key(name, url, request, test).StartsWith(key, StringComparison.Ordinal))];
    }

    private static string Key(string algorithm, Uri url, JsonElement request, string? test)
    {
        var body = request.GetProperty("body").Member("extra_query") is null ? "{}" : """{"extra_query": {}}""";
        var isLocal = s_local.Contains(url.Host);
        var isShared =
            !isLocal || url.AbsolutePath == "/v1/models" || (algorithm == "h6c" && url.AbsolutePath == "/api/tags");
        var hashed =
            algorithm == "h6b" ? ""
            : isShared || test is null ? ", \"test_id\": null"
            : $", \"test_id\": \"{test}\"";
        return KeyExpectation.HashOf(
            $$"""{"body": {{body}}, "endpoint": "{{url.AbsolutePath}}", "method": "POST"{{hashed}}}"""
        );
    }
}
