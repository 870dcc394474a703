using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>Represents a request that looks for its recording.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path without host and query.</param>
/// <param name="Query">The query without its question mark; empty if there is none.</param>
/// <param name="Utf8">The bytes of the body; empty if there is none.</param>
internal sealed record ApiRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Utf8)
{
    private JsonValue _body;
    private ApiOperation? _operation;
    private RequestBody? _members;

    /// <summary>Creates a copy. A copy with other parts must not keep values computed from the old ones.</summary>
    private ApiRequest(ApiRequest other)
    {
        (Method, Path, Query, Utf8) = other;
        _body = other._body;
        TestId = other.TestId;
        Cassette = other.Cassette;
        Host = other.Host;
        RequiresHost = other.RequiresHost;
        Session = other.Session;
    }

    /// <summary>Gets the body; undefined if there is none or it is not JSON.</summary>
    public JsonValue Body
    {
        get => _body.Exists || Utf8.IsEmpty ? _body : _body = JsonValue.ParseOrUndefined(Utf8);
        init => _body = value;
    }

    /// <summary>Gets whether there is a body that is not JSON.</summary>
    public bool IsRaw => !Utf8.IsEmpty && !Body.Exists;

    /// <summary>Gets the operation.</summary>
    public ApiOperation Operation => _operation ??= ApiOperation.Of(Path);

    /// <summary>Gets the members of the body.</summary>
    public RequestBody Members => _members ??= new RequestBody(Body, Operation);

    /// <summary>
    /// Gets the test that the client named, whose recordings alone may answer; null if it named none.
    /// </summary>
    public string? TestId { get; init; }

    /// <summary>Gets the name or relative path of the only cassette that may answer; null for any.</summary>
    public string? Cassette { get; init; }

    /// <summary>
    /// Gets the host that the request is for, with a port that is not the scheme's own; null if it is not known.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>
    /// Gets whether a recording of another host must not answer. Otherwise one of the same host is only preferred.
    /// </summary>
    public bool RequiresHost { get; init; }

    /// <summary>Gets the name of the session whose sequences are played; null for the one that all clients share.</summary>
    public string? Session { get; init; }

    /// <summary>Gets whether only some recordings may answer: those of a test, a cassette or a host.</summary>
    public bool IsChoosing => TestId is not null || Cassette is not null || Host is not null;

    /// <summary>Gets the choice as one text.</summary>
    public string Choice => $"{TestId}\n{Cassette}\n{Host}\n{RequiresHost}";

    /// <summary>Returns the request of a recorded interaction.</summary>
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
            Host = RecordedHost.Of(url),
        };
    }
}
