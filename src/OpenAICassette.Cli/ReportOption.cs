using System.CommandLine;

namespace OpenAICassette.Cli;

/// <summary><c>--report</c>: writes findings for build servers or code scanning.</summary>
internal static class ReportOption
{
    /// <summary>Creates the option.</summary>
    public static Option<ReportFormat?> Create() =>
        new("--report")
        {
            Description = "Write all findings as one report.",
            HelpName = string.Join('|', Enum.GetNames<ReportFormat>()).ToLowerInvariant(),
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (Enum.TryParse<ReportFormat>(word, ignoreCase: true, out var format) && char.IsAsciiLetter(word[0]))
                {
                    return format;
                }

                result.AddError(
                    $"--report takes {string.Join(", ", Enum.GetNames<ReportFormat>()).ToLowerInvariant()}; "
                        + $"got '{word}'"
                );
                return null;
            },
        };
}
