using System.IO.Enumeration;
using OpenAICassette.Apis;

namespace OpenAICassette.Capture;

/// <summary>Decides which requests a session captures and which it leaves alone.</summary>
/// <param name="excluded">The hosts to leave alone, with the wildcards * and ?.</param>
/// <param name="upstream">The service that the session records; null if a request chooses it.</param>
internal sealed class CapturedRequests(IReadOnlyList<string> excluded, Uri? upstream)
{
    /// <summary>The hosts to which PowerShell and other programs of .NET report their own use.</summary>
    private static readonly string[] s_telemetry =
    [
        "dc.services.visualstudio.com",
        "*.applicationinsights.azure.com",
        "*.applicationinsights.microsoft.com",
        "*.monitor.azure.com",
        "aka.ms",
    ];

    /// <summary>
    /// Returns whether the session captures a request: every host, but on this machine only what is addressed to an
    /// LLM API, because tests also call servers of their own.
    /// </summary>
    /// <param name="address">The address of the request.</param>
    public bool Captures(Uri address) => !IsExcluded(address) && (!address.IsLoopback || IsOfApi(address));

    /// <summary>
    /// Returns whether the session captures a request that may have nothing to do with it: only one that is addressed to
    /// an LLM API.
    /// </summary>
    /// <param name="address">The address of the request.</param>
    public bool CapturesOfOthers(Uri address) => !IsExcluded(address) && IsOfApi(address);

    private bool IsExcluded(Uri address)
    {
        var host = OriginText.HostOf(address);
        return s_telemetry
            .Concat(excluded)
            .Any(pattern => IsMatch(pattern, host) || IsMatch(pattern, $"{host}:{address.Port}"));
    }

    private bool IsOfApi(Uri address) =>
        ApiOperation.Of(address.AbsolutePath).Api is not null
        || IsSamePort(upstream, address)
        || ApiFamilies.All.Any(family => IsSamePort(family.Upstream, address));

    private static bool IsSamePort(Uri? service, Uri address) =>
        service is { IsLoopback: true } && service.Port == address.Port;

    private static bool IsMatch(string pattern, string host) =>
        FileSystemName.MatchesSimpleExpression(pattern, host, ignoreCase: true);
}
