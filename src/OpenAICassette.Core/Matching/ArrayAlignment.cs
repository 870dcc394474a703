using System.Globalization;

namespace OpenAICassette.Matching;

/// <summary>Aligns two arrays: finds equal elements, moved elements, and pairs among the rest.</summary>
internal sealed class ArrayAlignment
{
    private ArrayAlignment(IReadOnlyList<JsonValue> recorded, IReadOnlyList<JsonValue> received, bool isByName)
    {
        Recorded = recorded;
        Received = received;
        IsByName = isByName;
    }

    /// <summary>Gets the recorded elements.</summary>
    public IReadOnlyList<JsonValue> Recorded { get; }

    /// <summary>Gets the received elements.</summary>
    public IReadOnlyList<JsonValue> Received { get; }

    /// <summary>Gets whether elements are identified by name, as tools are.</summary>
    public bool IsByName { get; }

    /// <summary>Gets the equal elements in other positions.</summary>
    public List<(int From, int To)> Moved { get; } = [];

    /// <summary>Gets the elements that differ and those that only one side has, in order.</summary>
    public List<(int? Recorded, int? Received)> Changed { get; } = [];

    /// <summary>Compares two arrays.</summary>
    public static ArrayAlignment Of(
        IReadOnlyList<JsonValue> recorded,
        IReadOnlyList<JsonValue> received,
        MemberPatterns ignored,
        bool isByName,
        ComparisonBudget budget
    )
    {
        var alignment = new ArrayAlignment(recorded, received, isByName);
        var before = Hashes(recorded, ignored);
        var after = Hashes(received, ignored);
        var (left, right) = CommonSubsequence.Others(before, after, budget);

        // Equal elements in other positions come first.
        var equal = new ElementQueues<UInt128>(right, index => after[index]);
        var rest = new List<int>();
        foreach (var from in left)
        {
            if (equal.Take(before[from]) is { } to)
            {
                alignment.Moved.Add((from, to));
            }
            else
            {
                rest.Add(from);
            }
        }

        right = equal.Left;

        // Elements with the same name or role are pairs; otherwise, elements in the same position are.
        var isByPlace = !isByName && rest.Count == right.Count;
        var named = new ElementQueues<string>(right, index => NameOf(received[index]));
        foreach (var from in rest)
        {
            var to = named.Take(NameOf(recorded[from])) ?? (isByPlace ? named.TakeFirst() : null);
            alignment.Changed.Add((from, to));
        }

        alignment.Changed.AddRange(named.Left.Select(to => ((int?)null, (int?)to)));
        alignment.Changed.RemoveAll(pair => IsIgnored(pair.Recorded, ignored) && IsIgnored(pair.Received, ignored));
        alignment.Changed.Sort(
            (a, b) => (a.Received ?? a.Recorded)!.Value.CompareTo((b.Received ?? b.Recorded)!.Value)
        );
        return alignment;
    }

    /// <summary>
    /// Returns what identifies an element: the name of a tool, the role of a message, the type of another object.
    /// </summary>
    public static string NameOf(JsonValue element) =>
        element["function"]["name"].Text
        ?? element["name"].Text
        ?? element["role"].Text
        ?? element["type"].Text
        ?? string.Empty;

    private static bool IsIgnored(int? index, MemberPatterns ignored)
    {
        var isIgnored = true;
        _ = index is { } at ? ignored.Inside(at.ToString(CultureInfo.InvariantCulture), out isIgnored) : ignored;
        return isIgnored;
    }

    private static UInt128[] Hashes(IReadOnlyList<JsonValue> elements, MemberPatterns ignored) =>
        [
            .. elements.Select(
                (element, index) =>
                    ValueHash.Loose(
                        element,
                        ignored.IsEmpty ? ignored : ignored.Inside(index.ToString(CultureInfo.InvariantCulture), out _)
                    )
            ),
        ];
}
