using OpenAICassette.Comparison;

namespace OpenAICassette;

/// <summary>Pairs the interactions of old and new cassettes, and compares each pair.</summary>
/// <example>
/// <code>
/// foreach (var difference in CassetteComparer.Compare(before, after).Differences)
/// {
///     Console.WriteLine(difference);
/// }
/// </code>
/// </example>
public static class CassetteComparer
{
    /// <summary>Compares two interactions.</summary>
    /// <param name="before">The old one.</param>
    /// <param name="after">The new one.</param>
    /// <param name="options">What is ignored; null for nothing but members that change with every call.</param>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static CassetteComparison Compare(
        Interaction before,
        Interaction after,
        ComparisonOptions? options = null
    ) => Compare(before, after, (options ?? new ComparisonOptions()).Filter());

    /// <summary>
    /// Compares cassettes. One with one is a pair whatever they are called; of several, those with the same request key
    /// are, then those of the same name, then those of the same test, endpoint and place in it.
    /// </summary>
    /// <param name="before">The old cassettes.</param>
    /// <param name="after">The new cassettes.</param>
    /// <param name="failed">
    /// Receives the error of a pair that cannot be compared, after which the others are compared; null to throw it.
    /// </param>
    /// <param name="options">What is ignored; null for nothing but members that change with every call.</param>
    /// <returns>The comparisons, in the order of the new cassettes; then what was removed.</returns>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static IEnumerable<CassetteComparison> Compare(
        IReadOnlyList<Cassette> before,
        IReadOnlyList<Cassette> after,
        Action<CassetteException>? failed = null,
        ComparisonOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var counts = (options ?? new ComparisonOptions()).Filter();
        var (old, new_) = (before.ToList(), after.ToList());
        return CompareSessions(old, new_, counts).Concat(Rest());

        IEnumerable<CassetteComparison> Rest()
        {
            foreach (var comparison in ComparePairs(old, new_, failed, counts))
            {
                yield return comparison;
            }
        }
    }

    private static CassetteComparison Compare(
        Interaction before,
        Interaction after,
        Func<CassetteDifference, bool> counts
    )
    {
        var (old, new_) = (ConversationAssembler.Assemble(before), ConversationAssembler.Assemble(after));
        var differences = ConversationChanges.Of(old, new_).Where(counts).ToList();
        return new CassetteComparison(before, after, differences, ComparisonMeaning.Of(old, new_, differences));
    }

    /// <summary>
    /// Compares sessions turn by turn: one with one whatever they are called, of several those of the same name. What
    /// is left of both is compared as other cassettes are.
    /// </summary>
    private static IEnumerable<CassetteComparison> CompareSessions(
        List<Cassette> before,
        List<Cassette> after,
        Func<CassetteDifference, bool> counts
    )
    {
        var isOnly = before.Count == 1 && after.Count == 1;
        foreach (var session in after.Where(SessionComparer.IsSession).ToList())
        {
            var other = before.Find(old =>
                SessionComparer.IsSession(old) && (isOnly || old.RelativePath == session.RelativePath)
            );
            if (other is null)
            {
                continue;
            }

            before.Remove(other);
            after.Remove(session);
            foreach (var comparison in new SessionComparer(other, session, counts).Compare())
            {
                yield return comparison;
            }
        }
    }

    private static IEnumerable<CassetteComparison> ComparePairs(
        List<Cassette> before,
        List<Cassette> after,
        Action<CassetteException>? failed,
        Func<CassetteDifference, bool> counts
    )
    {
        var old = before.SelectMany(cassette => cassette.Interactions).ToList();
        var new_ = after.SelectMany(cassette => cassette.Interactions).ToList();
        var pairs =
            before.Count == 1 && after.Count == 1
                ? new_.Zip(old).ToDictionary(pair => pair.First, pair => pair.Second)
                : Pairs(old, new_);
        var paired = pairs.Values.ToHashSet();
        foreach (var interaction in new_)
        {
            if (!pairs.TryGetValue(interaction, out var other))
            {
                yield return new CassetteComparison(null, interaction, []);
            }
            else if (TryCompare(other, interaction, failed, counts) is { } comparison)
            {
                yield return comparison;
            }
        }

        foreach (var interaction in old.Where(interaction => !paired.Contains(interaction)))
        {
            yield return new CassetteComparison(interaction, null, []);
        }
    }

    private static CassetteComparison? TryCompare(
        Interaction before,
        Interaction after,
        Action<CassetteException>? failed,
        Func<CassetteDifference, bool> counts
    )
    {
        try
        {
            return Compare(before, after, counts);
        }
        catch (Exception e) when (failed is not null && e is not OperationCanceledException)
        {
            failed(CassetteException.Of(e, after.Cassette.Path ?? after.Cassette.Name));
            return null;
        }
    }

    private static string? KeyOf(Interaction interaction) => interaction.Extension<RecordingEnvelope>()?.Key;

    private static Dictionary<Interaction, Interaction> Pairs(List<Interaction> before, List<Interaction> after)
    {
        var pairs = new Dictionary<Interaction, Interaction>();
        var marks = new Func<Interaction, string?>[]
        {
            interaction => KeyOf(interaction) is { } key ? $"{key} {interaction.Cassette.RelativePath}" : null,
            KeyOf,
            interaction => $"{interaction.Cassette.RelativePath} {interaction.Index}",
            interaction => interaction.TestId is { } test ? $"{test} {interaction.Endpoint}" : null,
        };
        foreach (var mark in marks)
        {
            var open = before
                .Except(pairs.Values)
                .Select(interaction => (Mark: mark(interaction), interaction))
                .Where(entry => entry.Mark is not null)
                .GroupBy(entry => entry.Mark!)
                .ToDictionary(
                    group => group.Key,
                    group => new Queue<Interaction>(group.Select(entry => entry.interaction))
                );
            foreach (var interaction in after.Where(interaction => !pairs.ContainsKey(interaction)))
            {
                if (
                    mark(interaction) is { } name
                    && open.TryGetValue(name, out var candidates)
                    && candidates.TryDequeue(out var other)
                )
                {
                    pairs.Add(interaction, other);
                }
            }
        }

        return pairs;
    }
}
