using System.Globalization;
using OpenAICassette.Http;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>Describes what happened to the requests of programs.</summary>
internal static class ProgramReport
{
    private const int MostHosts = 20;

    /// <summary>Returns a line for a request: what answered it, and why if that was no recording.</summary>
    public static string Line(ReceivedRequest request)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(request)} {request.Method} {request.Host}{request.Path} {request.Status}"
        );
        return request.Miss is { } miss ? $"{line}: {Reason(miss)}"
            : request.Error is { } error ? $"{line}: {error}"
            : request.Interaction is { } interaction ? $"{line} ({interaction.Cassette.Name})"
            : line;
    }

    /// <summary>Returns a line for a host that is not captured, or for a problem with one.</summary>
    public static string Line(ProxiedHost host) =>
        host.Problem is { } problem ? $"failed {host.Target}: {problem}" : $"{Word(host)} {host.Target}";

    /// <summary>Returns the totals in one line, and the hosts that were not captured in one line for each kind.</summary>
    public static IReadOnlyList<string> Summary(ProgramCapture capture)
    {
        var counts = capture
            .Session.Requests.GroupBy(Word)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        var count = capture.Session.Server.RequestCount;
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{count} request{(count == 1 ? string.Empty : "s")}")
                + (count == 0 ? string.Empty : $": {string.Join(", ", counts)}"),
        };
        lines.AddRange(
            capture
                .Others.GroupBy(other => other.Host.Problem is null ? Word(other.Host) : "failed")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {Hosts([.. group])}")
        );
        return lines;
    }

    /// <summary>Returns whether a request was missed, refused or not recorded.</summary>
    public static bool HasProblem(ProgramCapture capture) =>
        capture.Session.Server.MissCount > 0
        || capture.Session.Server.LostCount > 0
        || capture.Session.Requests.Any(request => request is { Outcome: RequestOutcome.Failed, Interaction: null });

    /// <summary>Returns why no request may have been seen.</summary>
    /// <param name="capture">The proxy.</param>
    /// <param name="option">The option that captures more hosts.</param>
    public static string WhyNone(ProgramCapture capture, string option)
    {
        const string begin = "no request to a captured host was seen";
        var others = capture.Others.Where(other => other.Host.Route != ProxyRoute.Capture).ToList();
        var failed = capture.Others.FirstOrDefault(other =>
            other.Host is { Route: ProxyRoute.Capture, Problem: not null }
        );
        return failed.Host is not null ? $"{begin}: {Line(failed.Host)}"
            : others.Count > 0 ? $"{begin}: the program asked {Hosts(others)}. To capture a host, use {option}."
            : $"{begin}: the program made none, or does not use the proxy in HTTPS_PROXY";
    }

    private static string Hosts(List<(ProxiedHost Host, int Count)> hosts)
    {
        var names = hosts.Select(host =>
            host.Count == 1
                ? host.Host.Target.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"{host.Host.Target} ({host.Count})")
        );
        var more =
            hosts.Count > MostHosts
                ? string.Create(CultureInfo.InvariantCulture, $" and {hosts.Count - MostHosts} more")
                : string.Empty;
        return string.Join(", ", names.Take(MostHosts)) + more;
    }

    private static string Word(ReceivedRequest request) =>
        request.IsLost ? "not recorded"
        : request.Outcome == RequestOutcome.Forwarded ? "forwarded"
        : request.Outcome.ToString().ToLowerInvariant();

    private static string Word(ProxiedHost host) => host.Route == ProxyRoute.Refuse ? "refused" : "tunnelled";

    private static string Reason(MissReport miss) =>
        miss.Nearest is { } nearest ? $"nearest is {nearest.Cassette.RelativePath}: {miss.Reason}" : miss.Reason;
}
