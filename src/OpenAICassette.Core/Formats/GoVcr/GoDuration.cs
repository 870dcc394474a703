using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAICassette.Formats.GoVcr;

/// <summary>Reads and writes a duration as Go does: <c>1m2.5s</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Returns the duration; null for other text, and for a time that is too long for an exchange.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text))
        {
            return null;
        }

        var seconds = Part()
            .Matches(text)
            .Sum(part =>
                double.Parse(part.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)
                * SecondsOf(part.Groups[2].Value)
            );
        return seconds > 0 && seconds <= JsonFields.LongestExchange.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Returns a duration in seconds.</summary>
    public static string Format(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#########}s");

    private static double SecondsOf(string unit) =>
        unit switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 1e-3,
            "ns" => 1e-9,
            _ => 1e-6,
        };

    [GeneratedRegex(@"\A(?:[0-9]+(?:\.[0-9]+)?(?:h|ms|m|s|us|µs|μs|ns))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)(h|ms|m|s|us|µs|μs|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
