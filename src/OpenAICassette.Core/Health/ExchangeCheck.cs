using System.Globalization;
using OpenAICassette.Formats;

namespace OpenAICassette.Health;

/// <summary>Checks the HTTP exchanges of any format: what the file alone shows.</summary>
internal static class ExchangeCheck
{
    /// <summary>The rules that everybody uses; a run that only counts needs no other.</summary>
    private static readonly Redactor s_redactor = new();

    /// <summary>Returns the problems of a cassette.</summary>
    public static IEnumerable<HealthFinding> Check(Cassette cassette, string path)
    {
        var places = new Lazy<IReadOnlyList<ExchangePlace>>(() => PlacesOf(cassette));
        foreach (var interaction in cassette.Interactions)
        {
            var index = interaction.Index;
            var place = new InteractionPlace(path, index, () => places.Value[index]);
            foreach (
                var finding in StatusCheck
                    .Check(interaction, place)
                    .Concat(interaction.IsReconstructed ? [] : BodyCheck.Check(interaction, place))
                    .Concat(StreamCheck.Check(interaction, place))
            )
            {
                yield return finding;
            }
        }

        if (SecretsOf(cassette, path) is { } secrets)
        {
            yield return secrets;
        }
    }

    private static IReadOnlyList<ExchangePlace> PlacesOf(Cassette cassette)
    {
        var count = cassette.Interactions.Count;
        return CassetteFormats.ByName(cassette.Format) is { } format
            ? ExchangePlaces.Find(format, cassette.Read(), count)
            : [.. Enumerable.Repeat(new ExchangePlace(string.Empty), count)];
    }

    /// <summary>Counts the secrets by their rules; what they are and where is for another command to say.</summary>
    private static HealthFinding? SecretsOf(Cassette cassette, string path)
    {
        var found = s_redactor.Find(cassette);
        if (found.Count == 0)
        {
            return null;
        }

        var rules = found
            .CountBy(finding => finding.Rule)
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Value} {rule.Key}"));
        return new(
            HealthId.Secrets,
            HealthSeverity.Warning,
            path,
            string.Empty,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the file contains {found.Count} {(found.Count == 1 ? "secret" : "secrets")}: {string.Join(", ", rules)}"
            ),
            "Remove-CassetteSecret replaces them"
        );
    }
}
