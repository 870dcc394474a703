using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAICassette.Cassettes;

/// <summary>The places of a recording that name its sidecars.</summary>
internal static partial class SidecarReferences
{
    /// <summary>Returns the sidecars that a recording names, each once.</summary>
    /// <param name="recording">The bytes of the recording.</param>
    public static IReadOnlyList<Sidecar> In(ReadOnlySpan<byte> recording) =>
        recording.IndexOf(".body\""u8) < 0
            ? []
            : [.. Reference().Matches(Encoding.UTF8.GetString(recording)).Select(Named).Distinct()];

    /// <summary>Returns a recording that names other sidecars.</summary>
    /// <param name="recording">The bytes of the recording.</param>
    /// <param name="sidecars">The new sidecars, by the names of the old ones.</param>
    public static byte[] Replace(ReadOnlySpan<byte> recording, IReadOnlyDictionary<string, Sidecar> sidecars) =>
        Encoding.UTF8.GetBytes(
            Reference()
                .Replace(Encoding.UTF8.GetString(recording), match =>
                    sidecars.TryGetValue(match.Groups["name"].Value, out var sidecar)
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"\"{sidecar.Name}\"{match.Groups["between"].Value}{sidecar.Length}"
                        )
                        : match.Value
                )
        );

    private static Sidecar Named(Match match) =>
        new(match.Groups["name"].Value, long.Parse(match.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(
        """
            "(?<name>[0-9a-f]{64}\.body)"(?<between>\s*,\s*"bytes"\s*:\s*)(?<bytes>[0-9]{1,18})
            """
    )]
    private static partial Regex Reference();
}
