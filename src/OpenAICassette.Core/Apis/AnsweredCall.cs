namespace OpenAICassette.Apis;

/// <summary>Represents what an answer alone says of the call that it answers.</summary>
/// <param name="Path">The path of the operation; empty if several operations answer so.</param>
/// <param name="Method">The HTTP method; WEBSOCKET for a message of a session.</param>
internal readonly record struct AnsweredCall(string Path, string Method = "POST")
{
    /// <summary>Gets the service; null if the path says enough, or if several services answer so.</summary>
    public Uri? Service { get; init; }

    /// <summary>Gets the HTTP status that such an answer has.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets the URL as far as it is known: empty if the service is not.</summary>
    public string Url => Service is null ? string.Empty : new Uri(Service, Path).ToString();
}
