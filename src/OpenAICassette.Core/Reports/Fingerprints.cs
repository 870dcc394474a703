using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Baselines;

namespace OpenAICassette.Reports;

/// <summary>
/// Computes what identifies a finding in code scanning: it does not change when a line, a message or an interaction is
/// inserted before it. Findings that are otherwise equal are numbered in their order.
/// </summary>
internal static class Fingerprints
{
    private const int Length = 16;

    /// <summary>Returns the fingerprint of each entry.</summary>
    public static IEnumerable<string> Of(IEnumerable<ReportEntry> entries)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var same = $"{entry.Id}\n{entry.Path}\n{LogicalPlace.Of(entry.Pointer)}\n{entry.Trait}";
            var number = counts[same] = counts.GetValueOrDefault(same) + 1;
            var text = string.Create(CultureInfo.InvariantCulture, $"{same}\n{number}");
            yield return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Length));
        }
    }
}
