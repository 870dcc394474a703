using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Formats.LlamaStack.Keys;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>Represents the key of a request: the hash by which the recorder names and finds a recording.</summary>
public static class RecordingKey
{
    private static readonly KeyAlgorithm[] s_call =
    [
        KeyAlgorithm.H7,
        KeyAlgorithm.H6c,
        KeyAlgorithm.H6b,
        KeyAlgorithm.H6,
        KeyAlgorithm.H5,
        KeyAlgorithm.H4,
        KeyAlgorithm.H3b,
        KeyAlgorithm.H3,
        KeyAlgorithm.H2,
        KeyAlgorithm.H1,
    ];

    private static readonly KeyAlgorithm[] s_http = [KeyAlgorithm.Http6, KeyAlgorithm.Http5, KeyAlgorithm.Http4];

    /// <summary>Returns the key of an SDK call.</summary>
    /// <param name="method">
    /// The method as recorded: POST for SDK calls, GET for the model of Text-Embeddings-Inference.
    /// </param>
    /// <param name="url">The URL as recorded.</param>
    /// <param name="body">The body.</param>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="algorithm">One of <see cref="KeyAlgorithm.H1"/> to <see cref="KeyAlgorithm.H7"/>.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfCall(
        string method,
        string url,
        JsonValue body,
        string? testId,
        KeyAlgorithm algorithm = KeyAlgorithm.H7
    ) => OfCall(method, url, body, testId, [algorithm])[0].Key;

    /// <summary>Returns the key of a raw HTTP request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The full URL.</param>
    /// <param name="payload">The JSON that was sent.</param>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="algorithm">One of <see cref="KeyAlgorithm.Http4"/> to <see cref="KeyAlgorithm.Http6"/>.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfHttp(
        string method,
        string url,
        JsonValue payload,
        string? testId,
        KeyAlgorithm algorithm = KeyAlgorithm.Http6
    ) => OfHttp(method, url, payload, testId, [algorithm])[0].Key;

    /// <summary>Returns the key of a tool call.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="toolName">The tool.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfTool(string provider, string toolName, JsonValue arguments) =>
        OfTool(
            arguments,
            text => Member(text, ", \"provider\": ", provider),
            text => Member(text, ", \"tool_name\": ", toolName)
        );

    /// <summary>Returns the key of a tool call as it is recorded, whatever stands for the provider there.</summary>
    internal static string OfTool(JsonValue provider, JsonValue toolName, JsonValue arguments)
    {
        var rules = KeyRules.Of(KeyAlgorithm.Tool);
        return OfTool(
            arguments,
            text => Member(text, ", \"provider\": ", provider, rules),
            text => Member(text, ", \"tool_name\": ", toolName, rules)
        );
    }

    /// <summary>The keys of an SDK call under all algorithms, or the newest alone, the newest first.</summary>
    internal static List<(KeyAlgorithm Algorithm, string Key)> KeysOfCall(
        string method,
        string url,
        JsonValue body,
        string? testId,
        bool onlyNewest
    ) => OfCall(method, url, body, testId, onlyNewest ? s_call.AsSpan(0, 1) : s_call);

    /// <summary>The keys of a raw HTTP request under all algorithms, or the newest alone, the newest first.</summary>
    internal static List<(KeyAlgorithm Algorithm, string Key)> KeysOfHttp(
        string method,
        string url,
        JsonValue payload,
        string? testId,
        bool onlyNewest
    ) => OfHttp(method, url, payload, testId, onlyNewest ? s_http.AsSpan(0, 1) : s_http);

    private static List<(KeyAlgorithm Algorithm, string Key)> OfCall(
        string method,
        string url,
        JsonValue body,
        string? testId,
        ReadOnlySpan<KeyAlgorithm> algorithms
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var path = UrlText.PathOf(url);
        var isBedrock = UrlText.AuthorityOf(url).Contains("bedrock", StringComparison.Ordinal);
        var host = UrlText.HostOf(url);
        KeyRules Rules(KeyAlgorithm algorithm) =>
            KeyRules.Of(algorithm) with
            {
                DropsStreamOptions = isBedrock && algorithm >= KeyAlgorithm.H4,
            };
        HashedTestId Test(KeyAlgorithm algorithm) => HashedTestId.Of(testId, path, host, algorithm);
        return Each(
            body,
            algorithms,
            Rules,
            Test,
            text => text.Append("{\"body\": "u8),
            (text, test) =>
            {
                Member(text, ", \"endpoint\": ", path);
                Member(text, ", \"method\": ", method.ToUpperInvariant());
                if (test.IsHashed)
                {
                    Member(text, ", \"test_id\": ", test.Value);
                }
            }
        );
    }

    private static List<(KeyAlgorithm Algorithm, string Key)> OfHttp(
        string method,
        string url,
        JsonValue payload,
        string? testId,
        ReadOnlySpan<KeyAlgorithm> algorithms
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        return Each(
            payload,
            algorithms,
            KeyRules.Of,
            _ => new HashedTestId(true, testId),
            text =>
            {
                Member(text, "{\"method\": ", method.ToUpperInvariant());
                text.Append(", \"payload\": "u8);
            },
            (text, test) =>
            {
                Member(text, ", \"test_id\": ", test.Value);
                Member(text, ", \"url\": ", url);
            }
        );
    }

    /// <summary>
    /// The key under each algorithm. What an older algorithm lacks mostly had no effect on this request, and then it
    /// gives the same text, which is neither written nor hashed again.
    /// </summary>
    /// <param name="value">What was sent.</param>
    /// <param name="algorithms">The algorithms, the newest first.</param>
    /// <param name="rulesOf">Returns the rules of an algorithm.</param>
    /// <param name="testOf">Returns what an algorithm hashes of the test's id.</param>
    /// <param name="begin">Writes what stands before the value.</param>
    /// <param name="end">Writes what stands after it.</param>
    private static List<(KeyAlgorithm Algorithm, string Key)> Each(
        JsonValue value,
        ReadOnlySpan<KeyAlgorithm> algorithms,
        Func<KeyAlgorithm, KeyRules> rulesOf,
        Func<KeyAlgorithm, HashedTestId> testOf,
        Action<ByteBuilder> begin,
        Action<ByteBuilder, HashedTestId> end
    )
    {
        var keys = new List<(KeyAlgorithm Algorithm, string Key)>(algorithms.Length);
        Dictionary<HashedTestId, string> known = [];
        var text = ByteBuilder.Rent(value.Length + 1024);
        var effects = (KeyEffects?)null;
        var written = 0;
        foreach (var algorithm in algorithms)
        {
            var rules = rulesOf(algorithm);
            if (effects is null || (effects & ~rules.Effects) != 0)
            {
                text.Truncate(0);
                begin(text);
                effects = KeyText.Write(text, value, rules);
                written = text.Length;
                known.Clear();
            }

            var test = testOf(algorithm);
            if (!known.TryGetValue(test, out var key))
            {
                text.Truncate(written);
                end(text, test);
                known[test] = key = Hash(text);
            }

            keys.Add((algorithm, key));
        }

        text.Return();
        return keys;
    }

    private static string OfTool(JsonValue arguments, Action<ByteBuilder> provider, Action<ByteBuilder> toolName)
    {
        var text = new ByteBuilder(256);
        Member(text, "{\"kwargs\": ", arguments, KeyRules.Of(KeyAlgorithm.Tool));
        provider(text);
        toolName(text);
        return Hash(text);
    }

    private static void Member(ByteBuilder text, string start, JsonValue value, KeyRules rules)
    {
        text.Append(Encoding.ASCII.GetBytes(start));
        KeyText.Write(text, value, rules);
    }

    private static void Member(ByteBuilder text, string start, string? value)
    {
        text.Append(Encoding.ASCII.GetBytes(start));
        if (value is null)
        {
            text.Append("null"u8);
        }
        else
        {
            AsciiString.Write(text, value);
        }
    }

    private static string Hash(ByteBuilder text)
    {
        text.Append("}"u8);
        return Convert.ToHexStringLower(SHA256.HashData(text.Span));
    }
}
