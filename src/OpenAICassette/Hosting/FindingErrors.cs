using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Creates the error records of commands that find problems or secrets.</summary>
internal static class FindingErrors
{
    /// <summary>A finding reaches the severity of -FailOn.</summary>
    public static ErrorRecord Unhealthy(int findings, HealthSeverity severity) =>
        Errors.Record(
            new InvalidOperationException($"{Count(findings, "finding")} of severity {severity} or above"),
            "CassetteUnhealthy",
            ErrorCategory.InvalidResult,
            null
        );

    /// <summary>Secrets were found and -FailOn was specified.</summary>
    public static ErrorRecord SecretsFound(int findings, SecretSeverity severity, int unread)
    {
        var found =
            $"{Count(findings, "finding")} of severity {severity} or above. Use Remove-CassetteSecret to remove them";
        var skipped = $"{Count(unread, "input")} could not be searched";
        var message =
            findings == 0 ? skipped
            : unread == 0 ? found
            : $"{found}; {skipped}";
        return Errors.Record(
            new InvalidOperationException(message),
            "CassetteSecretFound",
            ErrorCategory.InvalidResult,
            null
        );
    }

    /// <summary>A report has a finding that reaches the severity of -FailOn, or lacks an input.</summary>
    public static ErrorRecord Reported(int findings, HealthSeverity severity, int others)
    {
        var found = $"{Count(findings, "finding")} of severity {severity} or above";
        var message = others == 0 ? found : $"{found}; {Count(others, "input")} could not be reported";
        return Errors.Record(
            new InvalidOperationException(message),
            "FindingReported",
            ErrorCategory.InvalidResult,
            null
        );
    }

    /// <summary>There is no such baseline.</summary>
    public static ErrorRecord NoBaseline(string path) =>
        Errors.Record(
            new BaselineException(path, "no such baseline. Use -UpdateBaseline to create it"),
            "BaselineNotFound",
            ErrorCategory.ObjectNotFound,
            path
        );

    /// <summary>A baseline is not valid.</summary>
    public static ErrorRecord Of(BaselineException e) =>
        Errors.Record(e, "BaselineNotValid", ErrorCategory.InvalidData, e.Path);

    /// <summary>There is no baseline to update.</summary>
    public static ErrorRecord UpdateWithoutBaseline() =>
        Errors.Record(
            new ArgumentException("-UpdateBaseline requires -Baseline, the path of the file to write."),
            "UpdateWithoutBaseline",
            ErrorCategory.InvalidArgument,
            null
        );

    /// <summary>The input cannot be rendered as a report.</summary>
    public static ErrorRecord FindingNotSupported(object input) =>
        Errors.Record(
            new NotSupportedException(
                $"Expected a finding of Find-CassetteSecret or Test-Cassette, or, "
                    + $"for Markdown, a comparison of Compare-Cassette, got {Errors.TypeOf(input)}"
            ),
            "InputNotSupported",
            ErrorCategory.InvalidType,
            input
        );

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";
}
