using System.Management.Automation;
using OpenAICassette.Facts;
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
            target,
            HintOf(e)
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

    /// <summary>A regular expression is malformed.</summary>
    public static ErrorRecord NotARegularExpression(string pattern, ArgumentException e) =>
        Record(
            new ArgumentException($"{e.Message} Use -SimpleMatch to search for a text.", e),
            "RegexNotValid",
            ErrorCategory.InvalidArgument,
            pattern
        );

    /// <summary>The input has a type that the cmdlet does not accept.</summary>
    public static ErrorRecord InputNotSupported(object input, string command) =>
        Record(
            new NotSupportedException(
                $"Expected a cassette, a file or a path, got {TypeOf(input)}. {TakenBy.Sentence(input, command)}"
            ),
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

    /// <summary>A path is not the home folder of a user.</summary>
    public static ErrorRecord NoUserHome(string path) =>
        Record(
            new ArgumentException($"'{path}' is not the path of a user's home folder. Use a path such as /home/alice."),
            "NoUserHome",
            ErrorCategory.InvalidArgument,
            path
        );

    /// <summary>Creates the error for joining cassettes where that is not possible.</summary>
    /// <param name="problem">Why not, and what to do.</param>
    public static ErrorRecord JoinNotPossible(string problem) =>
        Record(new ArgumentException(problem), "JoinNotPossible", ErrorCategory.InvalidArgument, null);

    /// <summary>A rule file is not valid.</summary>
    public static ErrorRecord Of(RuleFileException e) =>
        Record(e, "RuleFileNotValid", ErrorCategory.InvalidData, e.Path);

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

    /// <summary>A price file cannot be read, or a price in it lacks its numbers.</summary>
    public static ErrorRecord NotAPrice(PriceFileException e, object target) =>
        Record(new ArgumentException(e.Message, e), "PriceNotSupported", ErrorCategory.InvalidArgument, target);

    /// <summary>Returns the name of the type that PowerShell users see.</summary>
    public static string TypeOf(object input) => (input as PSObject ?? PSObject.AsPSObject(input)).TypeNames[0];

    /// <summary>Creates an error record.</summary>
    public static ErrorRecord Record(
        Exception exception,
        string id,
        ErrorCategory category,
        object? target,
        string? hint = null
    )
    {
        var shown = InertText.OfLines(hint is null ? exception.Message : $"{exception.Message}. {hint}");
        return new ErrorRecord(exception, id, category, target)
        {
            ErrorDetails = shown == exception.Message ? null : new ErrorDetails(shown),
        };
    }

    /// <summary>Returns which cmdlets take a file that is not a cassette.</summary>
    private static string? HintOf(CassetteException e) =>
        e is { Error: CassetteError.CassetteFormatUnknown } or { Error: CassetteError.CassetteInvalidJson, Offset: 0 }
            ? "Find-CassetteSecret and Remove-CassetteSecret take files that are not cassettes too."
            : null;
}
