using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// One small recording of the built corpus, named as its recorder named it. Nothing here is the engine's.
/// </summary>
/// <param name="Place">Its folder below <c>eras</c>.</param>
/// <param name="Alias">
/// What it is called in tests: the first digits that the real recording of this kind has in its name.
/// </param>
/// <param name="Name">Its file's name.</param>
/// <param name="Json">What it holds.</param>
/// <param name="Algorithms">The algorithms up to H6 that reproduce its name, oldest first, with commas between.</param>
/// <param name="Why">Why it is there.</param>
internal sealed record BuiltFile(string Place, string Alias, string Name, string Json, string Algorithms, string Why)
{
    public const string FromH2 = "h2,h3,h3b,h4,h5,h6";
    public const string Http = "http4,http5,http6";
    private const string Digits = "%DIGITS%";

    /// <summary>What stands in the id of a typed object for the digits of the key.</summary>
    public const string Id = $"\"rec-{Digits}\"";

    /// <summary>An SDK call as the recorder wrote it since E5.</summary>
    /// <param name="place">Its folder below <c>eras</c>.</param>
    /// <param name="alias">What it is called in tests.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="response">The response's members.</param>
    /// <param name="test">The test's id; null outside any test.</param>
    /// <param name="url">The URL; that of a service with /v1 in its base address where null.</param>
    /// <param name="more">More members of the request.</param>
    public static BuiltFile Call(
        string place,
        string alias,
        string endpoint,
        string body,
        string response,
        string? test = null,
        string? url = null,
        string more = ""
    )
    {
        url ??= $"https://api.example.com/v1{endpoint}";
        var key = KeyOf(url, body, test);
        var request = Request(url, endpoint, body) + more;
        var json =
            $"{{\"test_id\":{Text(test)},\"request\":{{{request}}},\"response\":{{{response}}},\"id_normalization_mapping\":{{}}}}";
        return new(place, alias, $"{key}.json", Regular(json, key), FromH2, "a shape");
    }

    /// <summary>An SDK call of the first eras: without a test, named by twelve digits.</summary>
    public static BuiltFile Old(
        string place,
        string alias,
        string endpoint,
        string body,
        string response,
        string url,
        string why
    )
    {
        var key = HashOf(
            $$"""{"body": {{PythonLayout.Canonical(body)}}, "endpoint": "{{PathOf(url)}}", "method": "POST"}"""
        )[..12];
        var json = $"{{\"request\":{{{Request(url, endpoint, body)}}},\"response\":{{{response}}}}}";
        return new(place, alias, $"{key}.json", Regular(json, key), "h1", why);
    }

    /// <summary>Raw HTTP.</summary>
    public static BuiltFile Raw(
        string place,
        string alias,
        string url,
        string payload,
        string response,
        string? test = null,
        string why = "a shape"
    )
    {
        var key = HashOf(
            $$"""{"method": "POST", "payload": {{PythonLayout.Canonical(payload)}}, "test_id": {{Text(test)}}, "url": "{{url}}"}"""
        );
        var request = $"\"test_id\":{Text(test)},\"url\":\"{url}\",\"method\":\"POST\",\"payload\":{payload}";
        var json =
            $"{{\"test_id\":{Text(test)},\"request\":{{{request}}},\"response\":{{{response}}},\"id_normalization_mapping\":{{}}}}";
        return new(place, alias, $"{key}.json", json, Http, why);
    }

    /// <summary>The same as a list of models, whose name has a digest too.</summary>
    public BuiltFile Listing(params string[] ids) =>
        this with
        {
            Name = $"models-{Path.GetFileNameWithoutExtension(Name)}-{DigestOf(ids)}.json",
        };

    /// <summary>The same as it was written before ids were mapped.</summary>
    public BuiltFile OfE4() =>
        this with
        {
            Json = Json.Replace(",\"id_normalization_mapping\":{}", "", StringComparison.Ordinal),
            Why = "E4",
        };

    /// <summary>
    /// The key that all algorithms from H2 on give a call without decimals, masks, Bedrock and lists.
    /// </summary>
    public static string KeyOf(string url, string body, string? test) =>
        HashOf(
            $$"""{"body": {{PythonLayout.Canonical(body)}}, "endpoint": "{{PathOf(url)}}", "method": "POST", "test_id": {{Text(test)}}}"""
        );

    /// <summary>The hash of a canonical text.</summary>
    public static string HashOf(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));

    /// <summary>A typed object.</summary>
    public static string Typed(string type, string data) => $"{{\"__type__\":\"{type}\",\"__data__\":{data}}}";

    /// <summary>The members of a response that is no stream.</summary>
    public static string Whole(string body) => $"\"body\":{body},\"is_streaming\":false";

    /// <summary>The members of a response that is a stream.</summary>
    public static string Stream(params string[] chunks) =>
        $"\"body\":[{string.Join(',', chunks)}],\"is_streaming\":true";

    /// <summary>The members of a response that is a stream of server-sent events, one text for each line.</summary>
    public static string Events(params string[] events) =>
        Stream([
            .. events.SelectMany(lines => lines.Split('\n').Append("")).Select(line => JsonSerializer.Serialize(line)),
        ]);

    private static string Request(string url, string endpoint, string body)
    {
        using var document = JsonDocument.Parse(body);
        var model = document.RootElement.TryGetProperty("model", out var named) ? named.GetString() : "";
        return $"\"method\":\"POST\",\"url\":\"{url}\",\"headers\":{{}},\"body\":{body},\"endpoint\":\"{endpoint}\",\"model\":\"{model}\"";
    }

    private static string Regular(string json, string key) => json.Replace(Digits, key[..12], StringComparison.Ordinal);

    private static string PathOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? url : url[url.IndexOf('/', scheme + 3)..];
    }

    private static string Text(string? text) => text is null ? "null" : PythonLayout.Quoted(text);

    private static string DigestOf(string[] ids) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', ids.Order(StringComparer.Ordinal))))
        )[..8];
}
