using System.IO.Enumeration;
using OpenAICassette.Apis;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Chooses the hosts that are captured: those of the known APIs, those that the recordings name, and those that are
/// asked for.
/// </summary>
/// <param name="patterns">The hosts that are asked for, as patterns with * and ?.</param>
/// <param name="all">True to capture every host.</param>
/// <param name="known">The services of recordings and of stand-ins.</param>
internal sealed class CapturedHosts(IReadOnlyList<string> patterns, bool all, IEnumerable<Uri> known)
{
    private readonly HashSet<string> _known = new(
        known.Concat(ApiFamilies.All.Select(family => family.Upstream)).Concat(OfVariables()).Select(Name),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Returns whether a host is captured.</summary>
    /// <param name="target">The host and port.</param>
    public bool Contains(HostPort target) =>
        all
        || _known.Contains(target.Host)
        || _known.Contains(target.ToString())
        || ApiFamilies.OwnerOf(target.Host) is not null
        || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, target.Host, ignoreCase: true));

    /// <summary>Returns what is captured of a service: its host, but only one port of this machine.</summary>
    private static string Name(Uri service) => service.IsLoopback ? HostPort.Of(service).ToString() : service.Host;

    /// <summary>Returns the services that the variables of clients name.</summary>
    private static IEnumerable<Uri> OfVariables() =>
        ApiFamilies
            .All.SelectMany(family => family.UpstreamVariables)
            .Select(Environment.GetEnvironmentVariable)
            .Select(value => Uri.TryCreate(value, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Where(uri => uri.Scheme is "http" or "https");
}
