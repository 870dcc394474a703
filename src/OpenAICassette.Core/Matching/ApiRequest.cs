using OpenAICassette.Apis;
using OpenAICassette.Cassettes;

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
        MediaType = other.MediaType;
        Encoding = other.Encoding;
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

    /// <summary>Gets the media type of the body as sent; null if none was sent.</summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// Gets how the JSON of <see cref="Utf8"/> holds a body that is not JSON, as in <see cref="RequestPayload"/>; null
    /// for a body as it was sent.
    /// </summary>
    public string? Encoding { get; private init; }

    /// <summary>Gets whether there is a body that is not JSON.</summary>
    public bool IsRaw => !Utf8.IsEmpty && !Body.Exists;

    /// <summary>Gets the operation.</summary>
    public ApiOperation Operation => _operation ??= ApiOperation.Of(Path);

    /// <summary>Gets the members of the body.</summary>
    public RequestBody Members =>
        _members ??= new RequestBody(Payload is { } payload ? RequestView.Of(payload) : Body, Operation);

    /// <summary>Gets the body that is not JSON; null for JSON.</summary>
    public RequestPayload? Payload => Encoding is { } encoding ? new(encoding, MediaType, Utf8) : null;

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

    /// <summary>
    /// Returns a request whose body was only lent as one that can be kept. A large body that is not JSON is not copied,
    /// because <see cref="AsJson"/> takes from it what is kept.
    /// </summary>
    public ApiRequest Kept()
    {
        var isJson = Utf8.Length <= Sidecar.Shortest || MediaType?.Contains("json", StringComparison.Ordinal) != false;
        return !isJson && IsRaw ? this : this with { Utf8 = Utf8.ToArray(), Body = default };
    }

    /// <summary>Returns the same request with a body that is JSON, whatever was sent.</summary>
    /// <param name="scrub">Removes the secrets from bytes that are not text.</param>
    public ApiRequest AsJson(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub)
    {
        if (!IsRaw)
        {
            return this;
        }

        var payload = RequestPayload.Of(OpenAICassette.Body.FromBytes(Utf8, MediaType), scrub, (_, _) => { });
        return this with { Utf8 = payload.Json, Encoding = payload.Encoding, Body = default };
    }

    /// <summary>Gets whether only some recordings may answer: those of a test, a cassette or a host.</summary>
    public bool IsChoosing => TestId is not null || Cassette is not null || Host is not null;

    /// <summary>Gets the choice as one text; empty if all recordings may answer.</summary>
    public string Choice => IsChoosing ? $"{TestId}\n{Cassette}\n{Host}\n{RequiresHost}" : string.Empty;

    /// <summary>Returns the request of a recorded interaction.</summary>
    public static ApiRequest Of(Interaction interaction) => Of(interaction, interaction.Request);

    /// <summary>Returns the request of a recorded interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="recorded">Its request.</param>
    public static ApiRequest Of(Interaction interaction, RecordedRequest recorded)
    {
        var url = interaction.Url ?? string.Empty;
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var sent = recorded.Body;
        var payload = recorded.Payload;
        var body = payload is null ? sent.Json : default;
        return new ApiRequest(
            interaction.Method?.ToUpperInvariant() ?? "POST",
            interaction.Endpoint ?? string.Empty,
            query < 0 ? string.Empty : url[(query + 1)..],
            payload?.Json ?? (body.Exists ? body.Utf8 : sent.Bytes)
        )
        {
            Body = body,
            MediaType = payload?.MediaType ?? sent.MediaType,
            Encoding = payload?.Encoding,
            TestId = interaction.TestId,
            Host = RecordedHost.Of(url),
        };
    }
}
