namespace OpenAICassette.Capture;

/// <summary>Specifies what is captured of a program, and from which recordings it is answered.</summary>
internal sealed record ProgramOptions
{
    /// <summary>Gets the recordings, and how the server answers and records.</summary>
    public required SessionOptions Session { get; init; }

    /// <summary>Gets the hosts that are captured in addition to those of the known APIs, as patterns with * and ?.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gets whether every host is captured.</summary>
    public bool AllHosts { get; init; }

    /// <summary>Gets whether hosts that are not captured may be on this machine or in a private network.</summary>
    public bool AllowPrivateNetwork { get; init; }

    /// <summary>
    /// Gets whether variables such as OPENAI_BASE_URL are set too, for programs that use no proxy. Such a program no
    /// longer names the host that it would have asked.
    /// </summary>
    public bool SetBaseUrls { get; init; }

    /// <summary>
    /// Gets the function that receives a line of text for each request and for each host that is not captured.
    /// </summary>
    public Action<string>? Seen { get; init; }
}
