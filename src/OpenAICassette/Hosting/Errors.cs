using System.Management.Automation;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Hosting;

/// <summary>
/// Every error record of the module: one stable id and one category for each cause. What is shown of one has its control characters
/// shown and not sent; the exception keeps them.
/// </summary>
internal static class Errors
{
    /// <summary>A cassette could not be found, read or written. The id is the name of the cause.</summary>
    public static ErrorRecord Of(CassetteException e, object target) => Record(e, e.Error.ToString(), e.Error switch
    {
        CassetteError.CassetteNotFound or CassetteError.InteractionNotFound => ErrorCategory.ObjectNotFound,
        CassetteError.CassetteUnreadable => e.InnerException is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError,
        CassetteError.CassetteChanged or CassetteError.CassetteNotRehydratable => ErrorCategory.InvalidOperation,
        CassetteError.CassetteNotWritten => ErrorCategory.WriteError,
        CassetteError.InternalError => ErrorCategory.NotSpecified,
        _ => ErrorCategory.InvalidData,
    }, target);

    /// <summary>A replayed call failed as the recorded one did.</summary>
    public static ErrorRecord Of(RecordedErrorException e) => Record(e, "RecordedError", e.Status switch
    {
        401 => ErrorCategory.AuthenticationError,
        403 => ErrorCategory.PermissionDenied,
        404 => ErrorCategory.ObjectNotFound,
        408 => ErrorCategory.OperationTimeout,
        429 => ErrorCategory.LimitsExceeded,
        >= 400 and < 500 => ErrorCategory.InvalidArgument,
        >= 500 => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    }, e.Interaction);

    /// <summary>A path leads to another provider than the file system.</summary>
    public static ErrorRecord NotAFile(string path, string provider) => Record(
        new NotSupportedException($"{path}: cassettes are files, but this path belongs to the provider {provider}"),
        "ProviderNotSupported", ErrorCategory.InvalidArgument, path);

    /// <summary>A path could not be resolved.</summary>
    public static ErrorRecord NotFound(string path, Exception e) => Record(
        new CassetteException(CassetteError.CassetteNotFound, path, "no such file or folder", inner: e),
        nameof(CassetteError.CassetteNotFound), ErrorCategory.ObjectNotFound, path);

    /// <summary>A wildcard pattern is malformed.</summary>
    public static ErrorRecord NotAPattern(string pattern, string advice, WildcardPatternException e) => Record(
        new ArgumentException($"{pattern}: {e.Message} {advice}", e),
        "PatternNotValid", ErrorCategory.InvalidArgument, pattern);

    /// <summary>Something was piped in that the cmdlet does not take.</summary>
    public static ErrorRecord InputNotSupported(object input) => Record(
        new NotSupportedException($"expected a cassette, got {(input as PSObject ?? PSObject.AsPSObject(input)).TypeNames[0]}; Get-Cassette reads files"),
        "InputNotSupported", ErrorCategory.InvalidType, input);

    /// <summary>A cassette that never was a file cannot be replaced in place.</summary>
    public static ErrorRecord NoFile(Cassette cassette) => Record(
        new InvalidOperationException($"{cassette.Name}: it is only in memory; write it with Export-Cassette first"),
        "CassetteHasNoFile", ErrorCategory.InvalidOperation, cassette);

    /// <summary>Two places to write to.</summary>
    public static ErrorRecord InPlaceAndDestination() => Record(
        new ArgumentException("-InPlace and -Destination exclude one another"),
        "InPlaceAndDestination", ErrorCategory.InvalidArgument, null);

    /// <summary>A set of cassettes is not as healthy as was demanded.</summary>
    public static ErrorRecord Unhealthy(int findings, HealthSeverity severity) => Record(
        new InvalidOperationException($"{findings} finding{(findings == 1 ? "" : "s")} of severity {severity} or above"),
        "CassetteUnhealthy", ErrorCategory.InvalidResult, null);

    /// <summary>There are secrets where none may be.</summary>
    public static ErrorRecord SecretsFound(int findings, SecretSeverity severity, int unread) => Record(
        new InvalidOperationException(string.Join("; ", ((string?[])
        [
            findings == 0 ? null : $"{findings} finding{(findings == 1 ? "" : "s")} of severity {severity} or above: Remove-CassetteSecret takes them out",
            unread == 0 ? null : $"{unread} input{(unread == 1 ? "" : "s")} could not be looked through",
        ]).OfType<string>())),
        "CassetteSecretFound", ErrorCategory.InvalidResult, null);

    /// <summary>A rule file cannot be used.</summary>
    public static ErrorRecord Of(RuleFileException e) => Record(e, "RuleFileNotValid", ErrorCategory.InvalidData, e.Path);

    /// <summary>Something was piped in that reports do not tell of.</summary>
    public static ErrorRecord FindingNotSupported(object input) => Record(
        new NotSupportedException($"expected a finding of Find-CassetteSecret or Test-Cassette, or for Markdown a comparison of Compare-Cassette, got {(input as PSObject ?? PSObject.AsPSObject(input)).TypeNames[0]}"),
        "InputNotSupported", ErrorCategory.InvalidType, input);

    /// <summary>A cassette can only be renamed when it is written.</summary>
    public static ErrorRecord UpdateKeyWithoutFile() => Record(
        new ArgumentException("-UpdateKey renames the files that are written; use it with -InPlace or -Destination"),
        "UpdateKeyWithoutFile", ErrorCategory.InvalidArgument, null);

    /// <summary>A price lacks its members.</summary>
    public static ErrorRecord NotAPrice(string model) => Record(
        new ArgumentException($"the price of '{model}' must be a table with the numbers Prompt and Completion, and Cached if need be"),
        "PriceNotSupported", ErrorCategory.InvalidArgument, model);

    /// <summary>A server's options contradict one another, or one cannot be read.</summary>
    public static ErrorRecord ServerNotConfigured(Exception e) => Record(e, "ServerNotConfigured", ErrorCategory.InvalidArgument, null);

    /// <summary>A port is taken, or an address is not this machine's.</summary>
    public static ErrorRecord NotListening(System.Net.IPAddress address, int port, Exception e) => Record(
        new InvalidOperationException($"cannot listen on {new System.Net.IPEndPoint(address, port)}: {e.Message}", e),
        "ServerNotStarted", ErrorCategory.ResourceUnavailable, port);

    /// <summary>Another server has set the variables of this process.</summary>
    public static ErrorRecord EnvironmentInUse() => Record(
        new InvalidOperationException("the environment variables of this process already lead to another cassette server, and they cannot lead to two; stop that one first, or give clients the server's Uri"),
        "EnvironmentInUse", ErrorCategory.ResourceBusy, null);

    /// <summary>No server listens on a port.</summary>
    public static ErrorRecord NoServer(int port) => Record(
        new InvalidOperationException($"no cassette server of this process listens on port {port}"),
        "ServerNotFound", ErrorCategory.ObjectNotFound, port);

    /// <summary>A web request was made although no cassette is in use in this runspace.</summary>
    public static ErrorRecord NoCassetteInUse() => Record(
        new InvalidOperationException("no cassette is in use here; Use-Cassette and Enter-Cassette take one in use"),
        "NoCassetteInUse", ErrorCategory.InvalidOperation, null);

    /// <summary>There is no test whose name the cassette could have.</summary>
    public static ErrorRecord NoTest() => Record(
        new InvalidOperationException("no Pester test is running whose name the cassette could have; give the path of the cassette"),
        "TestNameNotKnown", ErrorCategory.InvalidOperation, null);

    /// <summary>Two tests of a run would share a cassette.</summary>
    public static ErrorRecord NameTaken(string path) => Record(
        new InvalidOperationException($"another test of this run already has the cassette {path}; give each case a name of its own, for example It 'asks <_>', or use -Name"),
        "CassetteNameTaken", ErrorCategory.ResourceExists, path);

    /// <summary>Requests were made that no recording answers.</summary>
    public static ErrorRecord Missed(CassetteSession session, IReadOnlyList<MissReport> misses, Exception? cause) => Record(
        new InvalidOperationException(
            $"{misses[0]}{(misses.Count == 1 ? string.Empty : $"\nand {misses.Count - 1} more; the requests of the session tell of them")}"
            + (session.Mode == RecordMode.None ? string.Empty : $"\nThe mode is {session.Mode} and {session.Path} holds recordings; delete them, or use the mode NewEpisodes, to record anew."), cause),
        "CassetteMiss", ErrorCategory.ObjectNotFound, misses[0]);

    /// <summary>What is told of a request that should have been recorded and was not.</summary>
    public static string Lost(ReceivedRequest request) => $"{request.Method} {request.Path}: {request.Error}";

    /// <summary>Requests were answered by the service, or failed, and there is no recording of them.</summary>
    public static ErrorRecord NotRecorded(CassetteSession session, IReadOnlyList<ReceivedRequest> lost, Exception? cause) => new(
        new InvalidOperationException(
            $"{Lost(lost[0])}{(lost.Count == 1 ? string.Empty : $"\nand {lost.Count - 1} more; the requests of the session tell of them")}"
            + "\nA later run without the service would have no answer to it.", cause),
        "CassetteNotRecorded", ErrorCategory.WriteError, lost[0]);

    /// <summary>Recordings were not played that had to be.</summary>
    public static ErrorRecord NotAllUsed(CassetteSession session, IReadOnlyList<Interaction> unused) => Record(
        new InvalidOperationException(
            $"{unused.Count} of {session.Server.InteractionCount} recordings in {session.Path} were not played: {string.Join(", ", unused.Take(5).Select(interaction => interaction.Cassette.RelativePath))}{(unused.Count > 5 ? ", …" : string.Empty)}"),
        "CassetteNotAllUsed", ErrorCategory.InvalidResult, session);

    /// <summary>Exit-Cassette without Enter-Cassette.</summary>
    public static ErrorRecord NotEntered(bool isInBlock) => Record(
        new InvalidOperationException(isInBlock
            ? "the cassette in use here is that of a Use-Cassette block, which ends with the block"
            : "no cassette was entered here; each Exit-Cassette needs an Enter-Cassette before it"),
        "CassetteNotEntered", ErrorCategory.InvalidOperation, null);

    /// <summary>An assertion was given something without requests.</summary>
    public static ErrorRecord NoRequests(object input) => Record(
        new ArgumentException($"expected a cassette in use, a server or requests, got {(input as PSObject ?? PSObject.AsPSObject(input)).TypeNames[0]}"),
        "InputNotSupported", ErrorCategory.InvalidType, input);

    /// <summary>An assertion does not hold.</summary>
    public static ErrorRecord AssertionFailed(string failure, string? because) => Record(
        new InvalidOperationException(string.IsNullOrWhiteSpace(because) ? failure : $"{failure}\nbecause {because.Trim()}"),
        "CassetteAssertionFailed", ErrorCategory.InvalidResult, null);

    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, object? target)
    {
        var shown = InertText.OfLines(exception.Message);
        return new ErrorRecord(exception, id, category, target) { ErrorDetails = shown == exception.Message ? null : new ErrorDetails(shown) };
    }
}
