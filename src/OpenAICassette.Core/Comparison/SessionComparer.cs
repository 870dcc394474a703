using System.Globalization;
using System.Text;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Comparison;

/// <summary>
/// Compares two sessions turn by turn. Turns that say the same are pairs, then those that answer the same words of the
/// user, then those between them in order. Of each turn only what is new in it is compared.
/// </summary>
/// <param name="before">The old session.</param>
/// <param name="after">The new session.</param>
/// <param name="counts">Returns whether a difference counts.</param>
internal sealed class SessionComparer(Cassette before, Cassette after, Func<CassetteDifference, bool> counts)
{
    private readonly HashSet<(string Place, string? Old, string? New)> _known = [];
    private bool _diverged;

    /// <summary>Returns whether a cassette is a session with turns.</summary>
    public static bool IsSession(Cassette cassette) => SessionLog.Of(cassette) is not null;

    /// <summary>Returns a comparison for each turn, in order.</summary>
    public IEnumerable<CassetteComparison> Compare()
    {
        using var old = before.Source.Hold(before.Source.Read());
        using var new_ = after.Source.Hold(after.Source.Read());
        var (left, right) = (TurnsOf(before), TurnsOf(after));
        foreach (var (one, other) in Align(left, right, [turn => turn.Said, turn => turn.Prompt]))
        {
            yield return Compare(one?.Call, other?.Call);
        }
    }

    private CassetteComparison Compare(Interaction? old, Interaction? new_)
    {
        if (old is null || new_ is null)
        {
            var call = (old ?? new_)!;
            var said = ConversationAssembler.Assemble(call).Said();
            var where = old is null ? "new" : "old";
            return new CassetteComparison(old, new_, [], $"{PlaceOf(old, new_)}only in the {where} session: {said}")
            {
                IsFirstDivergence = IsFirst(),
            };
        }

        var (one, other) = (
            ConversationAssembler.Assemble(old).OfNews(),
            ConversationAssembler.Assemble(new_).OfNews()
        );
        var differences = ConversationChanges.Of(one, other).Where(counts).Where(IsNew).ToList();
        return differences.Count == 0
            ? new CassetteComparison(old, new_, [])
            : new CassetteComparison(
                old,
                new_,
                differences,
                PlaceOf(old, new_) + ComparisonMeaning.Of(one, other, differences)
            )
            {
                IsFirstDivergence = IsFirst(),
            };
    }

    /// <summary>Returns whether it is the first turn that differs; the differences of all turns say it once.</summary>
    private bool IsFirst()
    {
        var isFirst = !_diverged;
        _diverged = true;
        return isFirst;
    }

    /// <summary>
    /// Returns where a comparison stands; the first one says that the sessions are the same until there.
    /// </summary>
    private string PlaceOf(Interaction? old, Interaction? new_)
    {
        var turn = (new_ ?? old)!.Index + 1;
        var all = (new_ is null ? before : after).Interactions.Count;
        var number =
            old is not null && new_ is not null && old.Index != new_.Index
                ? string.Create(CultureInfo.InvariantCulture, $"turn {turn} of {all} (was {old.Index + 1})")
                : string.Create(CultureInfo.InvariantCulture, $"turn {turn} of {all}");
        return _diverged ? $"{number}: " : $"first divergence at {number}: ";
    }

    /// <summary>
    /// Returns whether a difference has not been told yet: a setting differs in all turns of a session.
    /// </summary>
    private bool IsNew(CassetteDifference difference)
    {
        var isSetting =
            (
                difference.Area == DifferenceArea.Request
                && !difference.Place.StartsWith("messages", StringComparison.Ordinal)
            ) || difference is { Area: DifferenceArea.Answer, Place: "model" };
        return !isSetting || _known.Add(($"{difference.Area} {difference.Place}", difference.Old, difference.New));
    }

    private static List<Turn> TurnsOf(Cassette session) => [.. session.Interactions.Select(Turn.Of)];

    /// <summary>Pairs the turns that have a key in common, in order; between those, by the next key.</summary>
    private static IEnumerable<(Turn? Old, Turn? New)> Align(
        IReadOnlyList<Turn> before,
        IReadOnlyList<Turn> after,
        ReadOnlySpan<Func<Turn, string>> keys
    )
    {
        if (keys.IsEmpty || before.Count == 0 || after.Count == 0)
        {
            return Enumerable
                .Range(0, Math.Max(before.Count, after.Count))
                .Select(at => (before.ElementAtOrDefault(at), after.ElementAtOrDefault(at)));
        }

        var pairs = new List<(Turn? Old, Turn? New)>();
        var (old, new_) = (0, 0);
        var (oldGap, newGap) = (0, 0);
        var key = keys[0];
        foreach (var (kind, _) in SequenceChanges.Of([.. before.Select(key)], [.. after.Select(key)]))
        {
            if (kind == WordChangeKind.Same)
            {
                pairs.AddRange(Align(Slice(before, oldGap, old), Slice(after, newGap, new_), keys[1..]));
                pairs.Add((before[old++], after[new_++]));
                (oldGap, newGap) = (old, new_);
            }
            else
            {
                (old, new_) = kind == WordChangeKind.Removed ? (old + 1, new_) : (old, new_ + 1);
            }
        }

        pairs.AddRange(Align(Slice(before, oldGap, before.Count), Slice(after, newGap, after.Count), keys[1..]));
        return pairs;
    }

    private static List<Turn> Slice(IReadOnlyList<Turn> turns, int start, int end) =>
        [.. turns.Skip(start).Take(end - start)];

    /// <summary>Represents a turn with the texts that it is found by.</summary>
    private sealed record Turn(Interaction Call, string Said, string Prompt)
    {
        public static Turn Of(Interaction call)
        {
            var conversation = ConversationAssembler.Assemble(call);
            var news = conversation.NewMessages;
            var prompt = Digest(news.Where(message => message.Role == "user"));
            return new Turn(
                call,
                Digest(news.Concat(conversation.Choices.Select(choice => choice.Message))) ?? string.Empty,
                // Turns without words of the user are never the same.
                prompt ?? $"{call.Cassette.GetHashCode()} {call.Index}"
            );
        }

        private static string? Digest(IEnumerable<Message> messages)
        {
            var text = new StringBuilder();
            foreach (var message in messages)
            {
                text.Append(message).Append('\0');
            }

            return text.Length == 0
                ? null
                : Convert.ToHexString(
                    System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))
                );
        }
    }
}
