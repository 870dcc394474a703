using OpenAICassette.Formats;
using OpenAICassette.Health;

namespace OpenAICassette;

/// <summary>
/// Checks cassettes for problems. One check covers one set of cassettes, so it also finds files that conflict with each
/// other.
/// </summary>
/// <example>
/// <code>
/// var check = new HealthCheck();
/// foreach (var finding in check.Check(CassetteStore.Open("chat.json")))
/// {
///     Console.WriteLine(finding);
/// }
/// </code>
/// </example>
public sealed class HealthCheck
{
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, string> _byContent = [];

    /// <summary>Returns the finding for a file that cannot be read as a cassette.</summary>
    /// <param name="error">The reason.</param>
    public static HealthFinding Of(CassetteException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var id = error.Error == CassetteError.InternalError ? HealthId.InternalError : HealthId.Unreadable;
        return new(id, HealthSeverity.Error, error.Path, string.Empty, error.Problem);
    }

    /// <summary>Returns the finding for a cassette that a test run never played.</summary>
    /// <param name="cassette">The cassette.</param>
    public static HealthFinding Unused(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return new(
            HealthId.Unused,
            HealthSeverity.Warning,
            cassette.Path ?? cassette.Name,
            string.Empty,
            "no server in this PowerShell process played it",
            "delete it if you ran the whole suite"
        );
    }

    /// <summary>
    /// Returns the problems of a cassette, including conflicts with the cassettes that were checked before it.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public IReadOnlyList<HealthFinding> Check(Cassette cassette) => Add(cassette, CheckAlone(cassette));

    /// <summary>Returns the problems of a cassette by itself. Can be called on any thread.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static IReadOnlyList<HealthFinding> CheckAlone(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        if (CassetteFormats.IsText(cassette))
        {
            return
            [
                Of(CassetteFormats.NotACassette(cassette, "only its secrets can be checked. Use Find-CassetteSecret")),
            ];
        }

        var document = cassette.Read();
        using var loan = cassette.Source.Hold(document);
        var path = cassette.Path ?? cassette.Name;
        var problems = cassette.Problems.Select(Of);
        if (CassetteFormats.ByName(cassette.Format) is not IFormatHealth health)
        {
            return [.. problems, .. ExchangeCheck.Check(cassette, path)];
        }

        var root = health.Parse(cassette);
        return
        [
            .. health.CheckName(cassette, root, path),
            .. problems,
            .. StreamCheck.Check(cassette, path),
            .. health.CheckContent(root, path),
        ];
    }

    /// <summary>Adds a cassette to the set, and its conflicts with the others to its own problems.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="alone">The result of <see cref="CheckAlone"/>.</param>
    public IReadOnlyList<HealthFinding> Add(Cassette cassette, IReadOnlyList<HealthFinding> alone)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var path = cassette.Path ?? cassette.Name;
        var others = new List<HealthFinding>();
        if (cassette.Path is not null && !_looked.Add(cassette.Path))
        {
            // A file is not a duplicate of itself.
            return alone;
        }

        var isNamedByKey =
            CassetteFormats.ByName(cassette.Format) is IFormatHealth health && health.IsNamedByKey(cassette);
        if (_byContent.TryGetValue(cassette.ContentHash, out var same))
        {
            others.Add(
                new(
                    HealthId.DuplicateContent,
                    HealthSeverity.Warning,
                    path,
                    string.Empty,
                    $"the file has the same bytes as {same}",
                    "remove one of them"
                )
            );
        }
        else if (isNamedByKey && _byName.TryGetValue(cassette.Name, out var namesake))
        {
            others.Add(
                new(
                    HealthId.DuplicateName,
                    HealthSeverity.Information,
                    path,
                    string.Empty,
                    $"the file has the same name as {namesake}; a test finds the one next to it"
                )
            );
        }

        _byContent.TryAdd(cassette.ContentHash, path);
        if (isNamedByKey)
        {
            _byName.TryAdd(cassette.Name, path);
        }

        return [.. alone, .. others];
    }
}
