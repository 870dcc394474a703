using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Creates the error records of active cassettes and of assertions.</summary>
internal static class SessionErrors
{
    private const int MostTests = 10;

    /// <summary>The events of HttpClient are switched off.</summary>
    public static ErrorRecord RequestsNotCaptured(InvalidOperationException e) =>
        Errors.Record(
            new InvalidOperationException(
                $"{e.Message} With -NoRedirect, only requests to $Cassette.Uri are answered.",
                e
            ),
            "RequestsNotCaptured",
            ErrorCategory.InvalidOperation,
            null
        );

    /// <summary>No test is running that could give the cassette its name.</summary>
    public static ErrorRecord NoTest() =>
        Errors.Record(
            new InvalidOperationException(
                "The cassette has no name because no Pester test is running. Specify the path of the cassette."
            ),
            "TestNameNotKnown",
            ErrorCategory.InvalidOperation,
            null
        );

    /// <summary>Two tests of a run would share a cassette.</summary>
    public static ErrorRecord NameTaken(string path) =>
        Errors.Record(
            new InvalidOperationException(
                $"Another test of this run already uses the cassette {path}. "
                    + "Give each case its own name, for example It 'asks <_>', or use -Name."
            ),
            "CassetteNameTaken",
            ErrorCategory.ResourceExists,
            path
        );

    /// <summary>Reports requests that were missed or not recorded, and recordings that should have been played.</summary>
    /// <param name="session">The session.</param>
    /// <param name="requireAllUsed">True if a recording that was not played is an error.</param>
    /// <param name="fail">Receives the error.</param>
    /// <param name="cause">The error that ended the work, which may come from a miss; null if there is none.</param>
    public static void Check(
        CassetteSession session,
        bool requireAllUsed,
        Action<ErrorRecord> fail,
        Exception? cause = null
    )
    {
        var failed = session.Unreported;
        if (failed.Where(request => request.Miss is not null).ToList() is { Count: > 0 } misses)
        {
            fail(Missed(session, misses, cause));
        }

        if (failed.Where(request => request.IsLost).ToList() is { Count: > 0 } lost)
        {
            fail(NotRecorded(session, lost, cause));
        }

        if (requireAllUsed && cause is null && session.Unused is { Count: > 0 } unused)
        {
            fail(NotAllUsed(session, unused));
        }
    }

    /// <summary>No program made a request to a captured host.</summary>
    public static ErrorRecord NoRequest(Capture.ProgramCapture capture) =>
        Errors.Record(
            new InvalidOperationException(Capture.ProgramReport.WhyNone(capture, "-HostName")),
            "CassetteNoRequest",
            ErrorCategory.ObjectNotFound,
            capture.Session
        );

    /// <summary>No recording answers some requests.</summary>
    public static ErrorRecord Missed(
        CassetteSession session,
        IReadOnlyList<ReceivedRequest> misses,
        Exception? cause
    ) =>
        Errors.Record(
            new InvalidOperationException(
                $"{misses[0].Miss}{More(misses.Count)}{SentBy(misses)}\n{session.HowToRecord}{After(cause)}"
            ),
            "CassetteMiss",
            ErrorCategory.ObjectNotFound,
            misses[0].Miss
        );

    /// <summary>Requests could not be recorded.</summary>
    public static ErrorRecord NotRecorded(
        CassetteSession session,
        IReadOnlyList<ReceivedRequest> lost,
        Exception? cause
    ) =>
        Errors.Record(
            new InvalidOperationException(
                $"{lost[0].LossMessage}{More(lost.Count)}{SentBy(lost)}"
                    + $"\nA later run without the service would have no answer.{After(cause)}"
            ),
            "CassetteNotRecorded",
            ErrorCategory.WriteError,
            lost[0]
        );

    /// <summary>Some recordings were not played and -RequireAllUsed was specified.</summary>
    public static ErrorRecord NotAllUsed(CassetteSession session, IReadOnlyList<Interaction> unused) =>
        Errors.Record(
            new InvalidOperationException(
                $"{unused.Count} of {session.Server.InteractionCount} recordings in {session.Path} were not played: "
                    + string.Join(", ", unused.Take(5).Select(interaction => interaction.Cassette.RelativePath))
                    + (unused.Count > 5 ? ", …" : string.Empty)
            ),
            "CassetteNotAllUsed",
            ErrorCategory.InvalidResult,
            session
        );

    /// <summary>Exit-Cassette was called without Enter-Cassette.</summary>
    public static ErrorRecord NotEntered(bool isInBlock) =>
        Errors.Record(
            new InvalidOperationException(
                isInBlock
                    ? "The active cassette belongs to a Use-Cassette block and ends with the block."
                    : "No cassette was entered. Call Enter-Cassette before Exit-Cassette."
            ),
            "CassetteNotEntered",
            ErrorCategory.InvalidOperation,
            null
        );

    /// <summary>The input of an assertion contains no requests.</summary>
    public static ErrorRecord NoRequests(object input) =>
        Errors.Record(
            new ArgumentException($"Expected an active cassette, a server or requests, got {Errors.TypeOf(input)}"),
            "InputNotSupported",
            ErrorCategory.InvalidType,
            input
        );

    /// <summary>An assertion failed.</summary>
    public static ErrorRecord AssertionFailed(string failure, string? because) =>
        Errors.Record(
            new InvalidOperationException(
                string.IsNullOrWhiteSpace(because) ? failure : $"{failure}\nbecause {because.Trim()}"
            ),
            "CassetteAssertionFailed",
            ErrorCategory.InvalidResult,
            null
        );

    /// <summary>
    /// Returns the error that ended the work. As an inner exception, Pester would show it first, and a miss as the JSON
    /// that the client received.
    /// </summary>
    private static string After(Exception? cause) =>
        cause is null ? string.Empty : $"\n\nThe code then failed with: {cause.Message}";

    /// <summary>Returns which tests sent the requests of a cassette that several tests share.</summary>
    private static string SentBy(IEnumerable<ReceivedRequest> requests)
    {
        var tests = requests.Select(request => request.Test).OfType<string>().Distinct().ToList();
        var shown = string.Join("\n  ", tests.Take(MostTests));
        var rest = tests.Count > MostTests ? $"\n  and {tests.Count - MostTests} more" : string.Empty;
        return tests.Count == 0 ? string.Empty
            : tests.Count == 1 ? $"\nsent by the test {shown}"
            : $"\nsent by the tests\n  {shown}{rest}";
    }

    private static string More(int count) =>
        count == 1 ? string.Empty : $"\nand {count - 1} more; see the Requests of the session";
}
