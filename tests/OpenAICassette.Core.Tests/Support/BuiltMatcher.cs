using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

/// <summary>A matcher over a few recordings that a test makes up, and requests to put to it.</summary>
internal sealed class BuiltMatcher
{
    public const string Chat = "/v1/chat/completions";

    private readonly RequestMatcher _matcher;
    private readonly PlayTurns _turns = new();
    private int _recordings;

    public BuiltMatcher(MatchOptions? options = null)
    {
        Options = options ?? new MatchOptions();
        _matcher = new RequestMatcher(Options, new Redactor().RedactRequest);
    }

    public MatchOptions Options { get; }

    /// <summary>A matcher with one recorded chat request.</summary>
    public static BuiltMatcher Of(string body, MatchOptions? options = null) => new BuiltMatcher(options).Add(body);

    /// <summary>A request.</summary>
    /// <param name="body">The body's text; JSON or not.</param>
    /// <param name="target">The path, with its query.</param>
    /// <param name="method">The HTTP method.</param>
    public static ApiRequest Request(string body, string target = Chat, string method = "POST")
    {
        var parts = target.Split('?', 2);
        return new ApiRequest(
            method,
            parts[0],
            parts.Length > 1 ? parts[1] : string.Empty,
            Encoding.UTF8.GetBytes(body)
        );
    }

    /// <summary>A cassette in memory.</summary>
    /// <param name="body">The recorded body as JSON.</param>
    /// <param name="url">The recorded URL: a path, or all of it.</param>
    /// <param name="method">The recorded method.</param>
    /// <param name="name">The cassette's name.</param>
    /// <param name="testId">The test that recorded it; null for none.</param>
    /// <param name="details">The recording's member openai_cassette as JSON; null for none.</param>
    /// <param name="response">The recording's response as JSON.</param>
    public static Cassette Cassette(
        string body,
        string url = Chat,
        string method = "POST",
        string name = "a.json",
        string? testId = null,
        string? details = null,
        string response = """{"body":{"id":"1"},"is_streaming":false}"""
    )
    {
        var test = testId is null ? string.Empty : $"\"test_id\":{JsonSerializer.Serialize(testId)},";
        var address = JsonSerializer.Serialize(url.StartsWith('/') ? $"https://api.example.com{url}" : url);
        var own = details is null ? string.Empty : $",\"openai_cassette\":{details}";
        var recording =
            $"{{{test}\"request\":{{\"method\":\"{method}\",\"url\":{address},\"headers\":{{}},\"body\":{body}}},\"response\":{response}{own}}}";
        return CassetteStore.Open(Encoding.UTF8.GetBytes(recording), CassetteOrigin.OfMemory(name));
    }

    /// <summary>Adds a recording, named a.json, b.json and so on where it has no name.</summary>
    public BuiltMatcher Add(
        string body,
        string url = Chat,
        string method = "POST",
        string? name = null,
        string? testId = null,
        string? details = null
    )
    {
        return Add(Cassette(body, url, method, name ?? $"{(char)('a' + _recordings++)}.json", testId, details));
    }

    /// <summary>Adds a recording.</summary>
    public BuiltMatcher Add(OpenAICassette.Cassette cassette)
    {
        foreach (var entry in cassette.Interactions.Select(_matcher.Prepare).OfType<MatchEntry>())
        {
            _matcher.Add(entry);
        }

        return this;
    }

    /// <summary>True when a chat request with this body has a recording.</summary>
    public bool Matches(string body) => Matches(Request(body));

    /// <summary>True when a request has a recording.</summary>
    public bool Matches(ApiRequest request) => _matcher.Find(_matcher.Scrub(request)) is not null;

    /// <summary>The name of the cassette that answers now; null when none does.</summary>
    public string? Play(ApiRequest request) =>
        _matcher.Find(_matcher.Scrub(request)) is { } group
            ? _turns.Next(group, Options.Sequence)?.Interaction.Cassette.Name
            : null;

    /// <summary>The name of the cassette that answers a chat request now; null when none does.</summary>
    public string? Play(string body) => Play(Request(body));

    /// <summary>Why a request is missed; fails when it is not.</summary>
    public MissReport Explain(ApiRequest request)
    {
        Assert.Null(Play(request));
        return _matcher.Explain(_matcher.Scrub(request));
    }

    /// <summary>Why a chat request is missed; fails when it is not.</summary>
    public MissReport Explain(string body) => Explain(Request(body));

    /// <summary>JSON with the members of every object the other way round.</summary>
    public static string Reversed(string json) => Reversed(JsonNode.Parse(json)!).ToJsonString();

    private static JsonNode Reversed(JsonNode node) =>
        node switch
        {
            JsonObject value => new JsonObject(
                value
                    .Reverse()
                    .Select(member =>
                        KeyValuePair.Create(member.Key, member.Value is null ? null : (JsonNode?)Reversed(member.Value))
                    )
            ),
            JsonArray value => new JsonArray([.. value.Select(element => element is null ? null : Reversed(element))]),
            _ => node.DeepClone(),
        };
}
