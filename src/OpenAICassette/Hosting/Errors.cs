using System.Management.Automation;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Hosting;

/// <summary>
/// Creates every error record of the module, with one stable id and category for each cause. Control characters are
/// escaped in the displayed message; the exception keeps them.
/// </summary>
internal static class Errors
{
    /// <summary>A cassette could not be found, read or written. The id is the name of the cause.</summary>
    public static ErrorRecord Of(CassetteException e, object target) =>
        Record(
            e,
            e.Error.ToString(),
            e.Error switch
            {
                CassetteError.CassetteNotFound or CassetteError.InteractionNotFound => ErrorCategory.ObjectNotFound,
                CassetteError.CassetteUnreadable => e.InnerException is UnauthorizedAccessException
                    ? ErrorCategory.PermissionDenied
                    : ErrorCategory.ReadError,
                CassetteError.CassetteChanged or CassetteError.CassetteNotRehydratable =>
                    ErrorCategory.InvalidOperation,
                CassetteError.CassetteNotWritten => ErrorCategory.WriteError,
                CassetteError.InternalError => ErrorCategory.NotSpecified,
                _ => ErrorCategory.InvalidData,
            },
            target
        );

    /// <summary>A replayed call failed as the recorded one did.</summary>
    public static ErrorRecord Of(RecordedErrorException e) =>
        Record(
            e,
            "RecordedError",
            e.Status switch
            {
                401 => ErrorCategory.AuthenticationError,
                403 => ErrorCategory.PermissionDenied,
                404 => ErrorCategory.ObjectNotFound,
                408 => ErrorCategory.OperationTimeout,
                429 => ErrorCategory.LimitsExceeded,
                >= 400 and < 500 => ErrorCategory.InvalidArgument,
                >= 500 => ErrorCategory.ResourceUnavailable,
                _ => ErrorCategory.NotSpecified,
            },
            e.Interaction
        );

    /// <summary>A path is not a file system path.</summary>
    public static ErrorRecord NotAFile(string path, string provider) =>
        Record(
            new NotSupportedException(
                $"{path}: the path belongs to the provider {provider}, but cassettes are files. Use a file system path."
            ),
            "ProviderNotSupported",
            ErrorCategory.InvalidArgument,
            path
        );

    /// <summary>A path could not be resolved.</summary>
    public static ErrorRecord NotFound(string path, Exception e) =>
        Record(
            new CassetteException(CassetteError.CassetteNotFound, path, "no such file or folder", inner: e),
            nameof(CassetteError.CassetteNotFound),
            ErrorCategory.ObjectNotFound,
            path
        );

    /// <summary>A wildcard pattern is malformed.</summary>
    public static ErrorRecord NotAPattern(string pattern, string advice, WildcardPatternException e) =>
        Record(
            new ArgumentException($"{pattern}: {e.Message} {advice}", e),
            "PatternNotValid",
            ErrorCategory.InvalidArgument,
            pattern
        );

    /// <summary>The input has a type that the cmdlet does not accept.</summary>
    public static ErrorRecord InputNotSupported(object input) =>
        Record(
            new NotSupportedException($"Expected a cassette, got {TypeOf(input)}. Use Get-Cassette to read files."),
            "InputNotSupported",
            ErrorCategory.InvalidType,
            input
        );

    /// <summary>A cassette without a file cannot be replaced in place.</summary>
    public static ErrorRecord NoFile(Cassette cassette) =>
        Record(
            new InvalidOperationException(
                $"{cassette.Name}: the cassette is only in memory and has no file. "
                    + "Use Export-Cassette to write it first."
            ),
            "CassetteHasNoFile",
            ErrorCategory.InvalidOperation,
            cassette
        );

    /// <summary>Both destinations were specified.</summary>
    public static ErrorRecord InPlaceAndDestination() =>
        Record(
            new ArgumentException("-InPlace and -Destination cannot be used together. Specify only one of them."),
            "InPlaceAndDestination",
            ErrorCategory.InvalidArgument,
            null
        );

    /// <summary>A finding reaches the severity of -FailOn.</summary>
    public static ErrorRecord Unhealthy(int findings, HealthSeverity severity) =>
        Record(
            new InvalidOperationException(
                $"{findings} finding{(findings == 1 ? "" : "s")} of severity {severity} or above"
            ),
            "CassetteUnhealthy",
            ErrorCategory.InvalidResult,
            null
        );

    /// <summary>Secrets were found and -FailOn was specified.</summary>
    public static ErrorRecord SecretsFound(int findings, SecretSeverity severity, int unread) =>
        Record(
            new InvalidOperationException(
                string.Join(
                    "; ",
                    (
                        (string?[])
                            [
                                findings == 0
                                    ? null
                                    : $"{findings} finding{(findings == 1 ? "" : "s")} of severity {severity} or "
                                        + "above. Use Remove-CassetteSecret to remove them",
                                unread == 0 ? null : $"{unread} input{(unread == 1 ? "" : "s")} could not be searched",
                            ]
                    ).OfType<string>()
                )
            ),
            "CassetteSecretFound",
            ErrorCategory.InvalidResult,
            null
        );

    /// <summary>A rule file is not valid.</summary>
    public static ErrorRecord Of(RuleFileException e) =>
        Record(e, "RuleFileNotValid", ErrorCategory.InvalidData, e.Path);

    /// <summary>The input cannot be rendered as a report.</summary>
    public static ErrorRecord FindingNotSupported(object input) =>
        Record(
            new NotSupportedException(
                $"Expected a finding of Find-CassetteSecret or Test-Cassette, or, "
                    + $"for Markdown, a comparison of Compare-Cassette, got {TypeOf(input)}"
            ),
            "InputNotSupported",
            ErrorCategory.InvalidType,
            input
        );

    /// <summary>A cassette can only be renamed when it is written.</summary>
    public static ErrorRecord UpdateKeyWithoutFile() =>
        Record(
            new ArgumentException(
                "-UpdateKey requires -InPlace or -Destination: it renames the files that are written."
            ),
            "UpdateKeyWithoutFile",
            ErrorCategory.InvalidArgument,
            null
        );

    /// <summary>A price lacks its numbers.</summary>
    public static ErrorRecord NotAPrice(string model) =>
        Record(
            new ArgumentException(
                $"The price of '{model}' must be a hashtable with the numbers Prompt and Completion, "
                    + "and optionally Cached."
            ),
            "PriceNotSupported",
            ErrorCategory.InvalidArgument,
            model
        );

    /// <summary>A server's options contradict each other, or one is not valid.</summary>
    public static ErrorRecord ServerNotConfigured(Exception e) =>
        Record(e, "ServerNotConfigured", ErrorCategory.InvalidArgument, null);

    /// <summary>A port is in use, or an address does not belong to this machine.</summary>
    public static ErrorRecord NotListening(System.Net.IPAddress address, int port, Exception e) =>
        Record(
            new InvalidOperationException(
                $"Cannot listen on {new System.Net.IPEndPoint(address, port)}: {e.Message}",
                e
            ),
            "ServerNotStarted",
            ErrorCategory.ResourceUnavailable,
            port
        );

    /// <summary>Another server has already set the environment variables of this process.</summary>
    public static ErrorRecord EnvironmentInUse() =>
        Record(
            new InvalidOperationException(
                "The environment variables of this process already point to another cassette server. "
                    + "Stop that server first, or pass the Uri of this one to clients."
            ),
            "EnvironmentInUse",
            ErrorCategory.ResourceBusy,
            null
        );

    /// <summary>No server listens on a port.</summary>
    public static ErrorRecord NoServer(int port) =>
        Record(
            new InvalidOperationException($"No cassette server of this process listens on port {port}."),
            "ServerNotFound",
            ErrorCategory.ObjectNotFound,
            port
        );

    /// <summary>A web request was made without an active cassette in this runspace.</summary>
    public static ErrorRecord NoCassetteInUse() =>
        Record(
            new InvalidOperationException("No cassette is active. Call Use-Cassette or Enter-Cassette first."),
            "NoCassetteInUse",
            ErrorCategory.InvalidOperation,
            null
        );

    /// <summary>No test is running that could give the cassette its name.</summary>
    public static ErrorRecord NoTest() =>
        Record(
            new InvalidOperationException(
                "The cassette has no name because no Pester test is running. Specify the path of the cassette."
            ),
            "TestNameNotKnown",
            ErrorCategory.InvalidOperation,
            null
        );

    /// <summary>Two tests of a run would share a cassette.</summary>
    public static ErrorRecord NameTaken(string path) =>
        Record(
            new InvalidOperationException(
                $"Another test of this run already uses the cassette {path}. "
                    + "Give each case its own name, for example It 'asks <_>', or use -Name."
            ),
            "CassetteNameTaken",
            ErrorCategory.ResourceExists,
            path
        );

    /// <summary>No recording answers some requests.</summary>
    public static ErrorRecord Missed(CassetteSession session, IReadOnlyList<MissReport> misses, Exception? cause) =>
        Record(
            new InvalidOperationException(
                $"{misses[0]}{More(misses.Count)}"
                    + (
                        session.Mode == RecordMode.None
                            ? string.Empty
                            : $"\nThe mode is {session.Mode} and {session.Path} has recordings. "
                                + "To record again, delete them or use the mode NewEpisodes."
                    ),
                cause
            ),
            "CassetteMiss",
            ErrorCategory.ObjectNotFound,
            misses[0]
        );

    /// <summary>Requests could not be recorded.</summary>
    public static ErrorRecord NotRecorded(
        CassetteSession session,
        IReadOnlyList<ReceivedRequest> lost,
        Exception? cause
    ) =>
        new(
            new InvalidOperationException(
                $"{lost[0].LossMessage}{More(lost.Count)}" + "\nA later run without the service would have no answer.",
                cause
            ),
            "CassetteNotRecorded",
            ErrorCategory.WriteError,
            lost[0]
        );

    /// <summary>Some recordings were not played and -RequireAllUsed was specified.</summary>
    public static ErrorRecord NotAllUsed(CassetteSession session, IReadOnlyList<Interaction> unused) =>
        Record(
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
        Record(
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
        Record(
            new ArgumentException($"Expected an active cassette, a server or requests, got {TypeOf(input)}"),
            "InputNotSupported",
            ErrorCategory.InvalidType,
            input
        );

    /// <summary>An assertion failed.</summary>
    public static ErrorRecord AssertionFailed(string failure, string? because) =>
        Record(
            new InvalidOperationException(
                string.IsNullOrWhiteSpace(because) ? failure : $"{failure}\nbecause {because.Trim()}"
            ),
            "CassetteAssertionFailed",
            ErrorCategory.InvalidResult,
            null
        );

    private static string More(int count) =>
        count == 1 ? string.Empty : $"\nand {count - 1} more; see the Requests of the session";

    private static string TypeOf(object input) => (input as PSObject ?? PSObject.AsPSObject(input)).TypeNames[0];

    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, object? target)
    {
        var shown = InertText.OfLines(exception.Message);
        return new ErrorRecord(exception, id, category, target)
        {
            ErrorDetails = shown == exception.Message ? null : new ErrorDetails(shown),
        };
    }
}
