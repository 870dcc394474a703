namespace OpenAICassette.Capture;

/// <summary>Represents a session that captures the requests of <see cref="HttpClient"/>.</summary>
/// <param name="session">The session.</param>
/// <param name="hosts">The hosts that it captures.</param>
/// <param name="owner">What it belongs to, for example a runspace; null if nothing but the flow of its code.</param>
/// <param name="outer">The session in whose flow it was opened; null if there was none.</param>
internal sealed class OpenSession(CassetteSession session, CapturedRequests hosts, object? owner, OpenSession? outer)
{
    /// <summary>Gets the session.</summary>
    public CassetteSession Session => session;

    /// <summary>Gets what the session belongs to; null if nothing.</summary>
    public object? Owner => owner;

    /// <summary>Gets the session in whose flow it was opened; null if there was none.</summary>
    public OpenSession? Outer => outer;

    /// <summary>Gets or sets whether the session still captures requests.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Returns whether the session captures a request to an address.</summary>
    public bool Captures(Uri address) => hosts.Captures(address);

    /// <summary>Returns whether the session captures a request of code that belongs to no session.</summary>
    public bool CapturesOfOthers(Uri address) => hosts.CapturesOfOthers(address);

    /// <summary>Returns whether an address is that of the session's server.</summary>
    public bool IsAt(Uri address) => address.IsLoopback && address.Port == session.Uri.Port;
}
