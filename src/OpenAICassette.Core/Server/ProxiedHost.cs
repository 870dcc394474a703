using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>Represents what a forward proxy did with a host for which it does not answer, or why it could not.</summary>
/// <param name="Target">The host and port.</param>
/// <param name="Route">What happened to its connections.</param>
/// <param name="Problem">Why a connection failed; null if it did not.</param>
internal sealed record ProxiedHost(HostPort Target, ProxyRoute Route, string? Problem);
