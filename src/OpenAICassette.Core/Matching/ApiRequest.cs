using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>A request that looks for its recording.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path without host and query.</param>
/// <param name="Query">The query without its question mark; empty when there is none.</param>
/// <param name="Utf8">The body's bytes; none when there is no body.</param>
internal sealed record ApiRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Utf8)
{
    private JsonValue _body;
    private ApiOperation? _operation;
    private RequestBody? _members;

    /// <summary>A copy with other parts must not keep what was read from the old ones.</summary>
    private ApiRequest(ApiRequest other)
    {
        (Method, Path, Query, Utf8) = other;
        _body = other._body;
        TestId = other.TestId;
        Cassette = other.Cassette;
    }

    /// <summary>The body; undefined when there is none, or when it is not JSON.</summary>
    public JsonValue Body
    {
        get => _body.Exists || Utf8.IsEmpty ? _body : _body = JsonValue.ParseOrUndefined(Utf8);
        init => _body = value;
    }

    /// <summary>True for a body that is there and is not JSON.</summary>
    public bool IsRaw => !Utf8.IsEmpty && !Body.Exists;

    /// <summary>What is asked for.</summary>
    public ApiOperation Operation => _operation ??= ApiOperation.Of(Path);

    /// <summary>The body's members.</summary>
    public RequestBody Members => _members ??= new RequestBody(Body, Operation);

    /// <summary>The test that asks, where the client says so; then only its own recordings answer.</summary>
    public string? TestId { get; init; }

    /// <summary>The name or relative path of the one cassette that may answer; null for any.</summary>
    public string? Cassette { get; init; }

    /// <summary>The request of a recorded interaction.</summary>
    public static ApiRequest Of(Interaction interaction)
    {
        var url = interaction.Url ?? string.Empty;
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var body = interaction.Request.Body.Json;
        return new ApiRequest(
            interaction.Method?.ToUpperInvariant() ?? "POST",
            interaction.Endpoint ?? string.Empty,
            query < 0 ? string.Empty : url[(query + 1)..],
            body.Utf8
        )
        {
            Body = body,
            TestId = interaction.TestId,
        };
    }
}
