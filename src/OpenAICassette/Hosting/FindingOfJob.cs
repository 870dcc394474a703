using System.Globalization;
using System.Management.Automation;
using OpenAICassette.Reports;

namespace OpenAICassette.Hosting;

/// <summary>Reads findings of another process: of a job, a remote session, or a file of Export-Clixml.</summary>
internal static class FindingOfJob
{
    /// <summary>
    /// Returns the report entry of a finding from this process or another; null for an object of another type.
    /// </summary>
    /// <param name="input">The object.</param>
    public static ReportEntry? Entry(object input)
    {
        if (input is not PSObject foreign)
        {
            return ReportEntry.Of(input);
        }

        return Is<Finding>(foreign) ? ReportEntry.Of(Secret(foreign))
            : Is<HealthFinding>(foreign) ? ReportEntry.Of(Health(foreign))
            : ReportEntry.Of(foreign.BaseObject);
    }

    private static bool Is<T>(PSObject foreign) => foreign.TypeNames.Contains($"Deserialized.{typeof(T).FullName}");

    private static Finding Secret(PSObject foreign) =>
        new(
            Text(foreign, nameof(Finding.Rule)),
            Text(foreign, nameof(Finding.Path)),
            Text(foreign, nameof(Finding.Pointer))
        )
        {
            Severity = Value(foreign, nameof(Finding.Severity), SecretSeverity.Error),
            Confidence = Value(foreign, nameof(Finding.Confidence), SecretConfidence.High),
            Line = int.TryParse(
                Text(foreign, nameof(Finding.Line)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var line
            )
                ? line
                : 0,
            Column = int.TryParse(
                Text(foreign, nameof(Finding.Column)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var column
            )
                ? column
                : 0,
            Chunks = TextOrNull(foreign, nameof(Finding.Chunks)),
            Preview = Text(foreign, nameof(Finding.Preview)),
            Description = Text(foreign, nameof(Finding.Description)),
            Placeholder = TextOrNull(foreign, nameof(Finding.Placeholder)),
        };

    private static HealthFinding Health(PSObject foreign) =>
        new(
            Text(foreign, nameof(HealthFinding.Id)),
            Value(foreign, nameof(HealthFinding.Severity), HealthSeverity.Error),
            Text(foreign, nameof(HealthFinding.Path)),
            Text(foreign, nameof(HealthFinding.Pointer)),
            Text(foreign, nameof(HealthFinding.Message)),
            TextOrNull(foreign, nameof(HealthFinding.Mend))
        )
        {
            Index = (int?)Number(foreign, nameof(HealthFinding.Index)),
            Line = Number(foreign, nameof(HealthFinding.Line)),
            Offset = Number(foreign, nameof(HealthFinding.Offset)),
        };

    private static long? Number(PSObject foreign, string name) =>
        long.TryParse(Text(foreign, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(PSObject foreign, string name) => TextOrNull(foreign, name) ?? string.Empty;

    private static string? TextOrNull(PSObject foreign, string name) =>
        foreign.Properties[name]?.Value is { } value ? string.Format(CultureInfo.InvariantCulture, "{0}", value) : null;

    /// <summary>
    /// Returns the value of an enumeration, which has only its name in another process. An unknown name counts as the
    /// most severe.
    /// </summary>
    private static T Value<T>(PSObject foreign, string name, T worst)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(foreign, name), out var value) && Enum.IsDefined(value) ? value : worst;
}
