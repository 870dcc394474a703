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
