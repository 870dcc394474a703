using System.Globalization;
using OpenAICassette.Facts;

namespace OpenAICassette.Measures;

/// <summary>
/// Measures cassettes by group. Memory grows with the number of groups and distinct requests, not with that of files.
/// </summary>
/// <param name="groups">The criteria to group by.</param>
/// <param name="price">The price of a model's tokens; null for a model without one.</param>
internal sealed class CassetteMeter(IReadOnlyList<MeasureGroup> groups, Func<string, TokenPrice?>? price = null)
{
    /// <summary>Separates the names of a group where they are sorted: it is before any character of a name.</summary>
    private const char Separator = '\0';

    private readonly SortedDictionary<string, CassetteMeasure> _sums = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _requests = [];

    /// <summary>Measures by one criterion.</summary>
    /// <param name="group">The criterion.</param>
    /// <param name="price">The price of a model's tokens; null for a model without one.</param>
    public CassetteMeter(MeasureGroup group, Func<string, TokenPrice?>? price = null)
        : this([group], price) { }

    /// <summary>Gets the totals so far, by name.</summary>
    public IReadOnlyCollection<CassetteMeasure> Measures => _sums.Values;

    /// <summary>Returns what one cassette adds. Can be called on any thread.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static IReadOnlyList<(Interaction Interaction, Usage? Usage, UInt128 Request)> Read(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return
        [
            .. cassette.Interactions.Select(interaction =>
                (interaction, CallUsage.Of(interaction), RequestHash.Of(interaction))
            ),
        ];
    }

    /// <summary>Adds a cassette.</summary>
    /// <param name="interactions">The result of <see cref="Read"/>.</param>
    public void Add(IReadOnlyList<(Interaction Interaction, Usage? Usage, UInt128 Request)> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (interaction, usage, request) in interactions)
        {
            string[] keys = [.. groups.Select(group => NameOf(interaction, group))];
            var name = string.Join(Separator, keys);
            var sum = _sums.GetValueOrDefault(name)
                ?? new CassetteMeasure { Name = string.Join(", ", keys), Keys = keys };
            var isNewFile = seen.Add(name);
            _sums[name] = sum with
            {
                Files = sum.Files + (isNewFile ? 1 : 0),
                Bytes = sum.Bytes + (isNewFile ? interaction.Cassette.Length : 0),
                Interactions = sum.Interactions + 1,
                Chunks = sum.Chunks + interaction.ChunkCount,
                PromptTokens = sum.PromptTokens + (usage?.PromptTokens ?? 0),
                CompletionTokens = sum.CompletionTokens + (usage?.CompletionTokens ?? 0),
                CachedTokens = sum.CachedTokens + (usage?.CachedTokens ?? 0),
                ReasoningTokens = sum.ReasoningTokens + (usage?.ReasoningTokens ?? 0),
                Duplicates = sum.Duplicates + (_requests.Add(request) ? 0 : 1),
                Cost = CostOf(interaction, usage) is { } cost ? (sum.Cost ?? 0) + cost : sum.Cost,
            };
        }
    }

    /// <summary>
    /// Returns the cost of an interaction; null if its model has no price or its tokens were not counted.
    /// </summary>
    private decimal? CostOf(Interaction interaction, Usage? usage) =>
        usage is null ? null : price?.Invoke(interaction.Model ?? string.Empty)?.Of(usage);

    private static string NameOf(Interaction interaction, MeasureGroup group) =>
        group switch
        {
            MeasureGroup.Endpoint => interaction.Endpoint,
            MeasureGroup.Format => interaction.Cassette.Format,
            MeasureGroup.TestId => interaction.TestId,
            MeasureGroup.Day => interaction.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => interaction.Model,
        } ?? string.Empty;
}
