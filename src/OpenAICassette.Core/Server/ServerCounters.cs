using System.Globalization;
using System.Text;

namespace OpenAICassette.Server;

/// <summary>Counts the requests of a server and renders the counts as text for Prometheus.</summary>
internal sealed class ServerCounters
{
    private static readonly RequestOutcome[] s_outcomes = Enum.GetValues<RequestOutcome>();

    private readonly long[] _requests = new long[s_outcomes.Length];
    private readonly double _started = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Counts a request whose answer is known.</summary>
    public void Count(ReceivedRequest request) => Interlocked.Increment(ref _requests[(int)request.Outcome]);

    /// <summary>Returns the text.</summary>
    /// <param name="interactions">The number of interactions that can be played.</param>
    /// <param name="unused">The number of those that were not played.</param>
    /// <param name="lost">The number of requests that should have been recorded and were not.</param>
    public string Render(int interactions, int unused, int lost)
    {
        var text = new StringBuilder();
        Add(text, "cassette_requests_total", "counter", "Requests by what answered them.");
        foreach (var outcome in s_outcomes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"cassette_requests_total{{outcome=\"{outcome.ToString().ToLowerInvariant()}\"}} {Volatile.Read(ref _requests[(int)outcome])}\n"
            );
        }

        Add(text, "cassette_lost_requests_total", "counter", "Requests that could not be recorded.", lost);
        Add(text, "cassette_interactions", "gauge", "Recorded interactions that can be played.", interactions);
        Add(text, "cassette_unused_interactions", "gauge", "Recorded interactions that were not played.", unused);
        Add(text, "cassette_start_time_seconds", "gauge", "When the server started, in seconds since 1970.", _started);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string type, string help, double? value = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        if (value is { } number)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {number}\n");
        }
    }
}
