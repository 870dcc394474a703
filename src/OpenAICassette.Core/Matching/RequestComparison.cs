using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>Describes the differences of two requests, the most important first.</summary>
internal sealed class RequestComparison
{
    /// <summary>The number of members that are compared after the important ones.</summary>
    private const int MostMembers = 5_000;

    private static readonly string[] s_first =
    [
        "model",
        "stream",
        "system",
        "instructions",
        "messages",
        "input",
        "contents",
        "prompt",
        "tools",
        "functions",
    ];

    private readonly ComparisonBudget _budget;
    private readonly SecretPlaces _secrets = new();

    private readonly bool _isStrict;

    private RequestComparison(ComparisonBudget budget, bool isStrict)
    {
        _isStrict = isStrict;
        _budget = budget;
    }

    /// <summary>Returns the differences; empty if the requests differ only in ignored members.</summary>
    public DifferenceList Differences { get; } = new();

    /// <summary>Compares two requests.</summary>
    /// <param name="recorded">The recorded request.</param>
    /// <param name="received">The received request.</param>
    /// <param name="ignored">The ignored members.</param>
    /// <param name="budget">The limit for the work.</param>
    /// <exception cref="OperationCanceledException">The client no longer waits for the report.</exception>
    public static DifferenceList Of(
        RequestBody recorded,
        RequestBody received,
        MemberPatterns ignored,
        ComparisonBudget budget
    )
    {
        var comparison = new RequestComparison(budget, isStrict: ignored == MemberPatterns.None);
        if (recorded.IsOpaque || received.IsOpaque)
        {
            comparison.Compare(DifferencePlace.Body, recorded.Value, received.Value, ignored, isCall: false);
        }
        else
        {
            comparison.CompareMembers(recorded, received, ignored);
        }

        return comparison.Differences;
    }

    private void CompareMembers(RequestBody recorded, RequestBody received, MemberPatterns ignored)
    {
        if (Math.Max(recorded.Members.Count, received.Members.Count) > MostMembers)
        {
            Differences.IsCut = true;
        }

        var names = s_first
            .Where(name => recorded.Members.ContainsKey(name) || received.Members.ContainsKey(name))
            .Concat(recorded.Members.Keys.Take(MostMembers))
            .Concat(received.Members.Keys.Take(MostMembers))
            .Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!_budget.TrySpend(ComparisonBudget.MemberCost))
            {
                Differences.IsCut = true;
                break;
            }

            var (before, after) = (recorded[name], received[name]);
            var isSilent = name == "stream" && before.Truth != true && after.Truth != true;
            if (!isSilent)
            {
                CompareMember(DifferencePlace.Root, name, before, after, ignored);
            }
        }
    }

    private void CompareMember(
        DifferencePlace parent,
        string name,
        JsonValue recorded,
        JsonValue received,
        MemberPatterns ignored
    )
    {
        var place = parent.Member(name);
        var inside = ignored.Inside(name, out var isIgnored);
        if (isIgnored || (!recorded.HasValue && !received.HasValue))
        {
            return;
        }

        if (recorded.HasValue && received.HasValue)
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            if (recorded.Kind != received.Kind)
            {
                (recorded, received) = (SoleText.Of(utf8, recorded), SoleText.Of(utf8, received));
            }

            Compare(place, recorded, received, inside, CallIds.IsCalls(utf8));
        }
        else if (
            name is "tools" or "functions" or "messages"
            && (recorded.HasValue ? recorded : received) is { Kind: JsonValueKind.Array } only
        )
        {
            AddOrMissAll(place, only, isAdded: received.HasValue);
        }
        else if (!Differences.Count(DifferenceText.Small))
        {
            // There are more differences than are shown.
        }
        else if (recorded.HasValue)
        {
            Add(
                place,
                DifferenceKind.Missing,
                $"{place.Words}: recorded {DifferenceText.Show(recorded)}, missing in the request",
                recorded,
                default
            );
        }
        else
        {
            Add(
                place,
                DifferenceKind.Added,
                $"{place.Words}: got {DifferenceText.Show(received)}, not in the recording",
                default,
                received
            );
        }
    }

    private void Compare(
        DifferencePlace place,
        JsonValue recorded,
        JsonValue received,
        MemberPatterns ignored,
        bool isCall
    )
    {
        if (recorded.Utf8.Span.SequenceEqual(received.Utf8.Span))
        {
            return;
        }

        if (!_budget.TrySpend(ComparisonBudget.CostOf(recorded) + ComparisonBudget.CostOf(received)))
        {
            AddUncompared(place, recorded, received);
        }
        else if (ValueHash.Loose(recorded, ignored) == ValueHash.Loose(received, ignored))
        {
            // They differ only in what is ignored.
        }
        else if (recorded.Text is { } scrubbed && received.Text is { } text && PlaceholderText.IsIn(recorded.Utf8.Span))
        {
            CompareScrubbed(place, scrubbed, text, ignored.Texts);
        }
        else if (recorded.Kind == received.Kind && recorded.Kind is (JsonValueKind.Object or JsonValueKind.Array))
        {
            CompareInside(place, recorded, received, ignored, isCall);
        }
        else
        {
            Compare(place, recorded, received);
        }
    }

    private void Compare(DifferencePlace place, JsonValue recorded, JsonValue received)
    {
        if (Differences.Count(DifferenceText.Distance(recorded, received)))
        {
            var (before, after) = DifferenceText.Show(recorded, received);
            Add(place, DifferenceKind.Changed, $"{place.Words}: recorded {before}, got {after}", recorded, received);
        }
    }

    /// <summary>Compares a text with one whose secrets were replaced, without showing the text's own secrets.</summary>
    private void CompareScrubbed(DifferencePlace place, string recorded, string received, TextPatterns? texts)
    {
        var covered = _secrets.Cover(recorded, received);
        if (covered == recorded)
        {
            // Strict matching tells kinds of secrets apart.
            if (_isStrict && Differences.Count(DifferenceText.Small))
            {
                var message = $"{place.Words}: the secret is of another kind than {DifferenceText.Show(recorded)}";
                Differences.Add(new RequestDifference(place.Pointer, DifferenceKind.Changed, message));
            }
        }
        else if (covered is not null && texts is not null && texts.Without(covered) == texts.Without(recorded))
        {
            // They differ only in what is ignored.
        }
        else if (covered is not null)
        {
            Compare(place, Text(recorded), Text(covered));
        }
        else if (Differences.Count(1))
        {
            Differences.Add(SecretPlaces.Hidden(place, Text(recorded), received.Length));
        }

        static JsonValue Text(string text) => JsonValue.ParseOrUndefined(AsciiString.Quote(text));
    }

    private void CompareInside(
        DifferencePlace place,
        JsonValue recorded,
        JsonValue received,
        MemberPatterns ignored,
        bool isCall
    )
    {
        var parts = recorded.Count + received.Count;
        if (!_budget.TrySpend((long)parts * ComparisonBudget.MemberCost))
        {
            AddUncompared(place, recorded, received);
        }
        else if (recorded.Kind == JsonValueKind.Object)
        {
            CompareObjects(place, recorded, received, ignored, isCall);
        }
        else
        {
            CompareArrays(place, recorded, received, ignored, isCall);
        }
    }

    private void CompareObjects(
        DifferencePlace place,
        JsonValue recorded,
        JsonValue received,
        MemberPatterns ignored,
        bool isCall
    )
    {
        var hasId = CallIds.HasId(received, isCall);
        var (before, after) = (Members(recorded), Members(received));
        foreach (var name in before.Keys.Concat(after.Keys).Distinct(StringComparer.Ordinal))
        {
            if (!CallIds.IsLink(Encoding.UTF8.GetBytes(name)) && !(hasId && name == "id"))
            {
                CompareMember(place, name, before.GetValueOrDefault(name), after.GetValueOrDefault(name), ignored);
            }
        }
    }

    private void CompareArrays(
        DifferencePlace place,
        JsonValue recorded,
        JsonValue received,
        MemberPatterns ignored,
        bool isCall
    )
    {
        var pairs = ArrayAlignment.Of(
            [.. recorded.Elements],
            [.. received.Elements],
            ignored,
            isByName: place.Name is "tools" or "functions",
            _budget
        );
        if (pairs.Moved.Count > 0 && Differences.Count(DifferenceText.Small))
        {
            var (from, to) = pairs.Moved[0];
            var isSwap = pairs.Moved.Count <= 2 && pairs.Recorded.Count == pairs.Received.Count;
            var message = isSwap
                ? $"{place.Element(Math.Min(from, to)).Words} and {place.Element(Math.Max(from, to)).Words} are the other way round"
                : $"{place.Element(to).Words} is {place.Element(from).Words} in the recording; the order differs";
            Add(place.Element(to), DifferenceKind.Moved, message, pairs.Recorded[from], pairs.Received[to]);
        }

        foreach (var (before, after) in pairs.Changed)
        {
            // For a missing member, the place is that in the recording.
            if (before is { } from && after is { } to)
            {
                var element = pairs.IsByName
                    ? place.Tool(to, ArrayAlignment.NameOf(pairs.Received[to]))
                    : place.Element(to);
                var inside = ignored.Inside(to.ToString(CultureInfo.InvariantCulture), out _);
                Compare(element, pairs.Recorded[from], pairs.Received[to], inside, isCall);
            }
            else
            {
                var index = after ?? before!.Value;
                AddOrMiss(
                    place,
                    index,
                    after is null ? pairs.Recorded[index] : pairs.Received[index],
                    isAdded: after is not null
                );
            }
        }
    }

    private void AddOrMissAll(DifferencePlace list, JsonValue elements, bool isAdded)
    {
        if (!_budget.TrySpend(ComparisonBudget.CostOf(elements)))
        {
            AddUncompared(list, isAdded ? default : elements, isAdded ? elements : default);
            return;
        }

        foreach (var (element, index) in elements.Elements.Select((element, index) => (element, index)))
        {
            AddOrMiss(list, index, element, isAdded);
        }
    }

    private void AddOrMiss(DifferencePlace list, int index, JsonValue element, bool isAdded)
    {
        if (!Differences.Count(1))
        {
            return;
        }

        var place = list.Element(index);
        var what =
            list.Name is "tools" or "functions" ? $"tool '{DifferenceText.Line(ArrayAlignment.NameOf(element))}'"
            : element["role"].Text is { } role
                ? $"{place.Words} ({DifferenceText.Line(role)} {DifferenceText.Show(element["content"])})"
            : $"{place.Words} ({DifferenceText.Show(element)})";
        var message = isAdded ? $"{what} is not in the recording" : $"{what} of the recording is missing";
        Add(
            place,
            isAdded ? DifferenceKind.Added : DifferenceKind.Missing,
            message,
            isAdded ? default : element,
            isAdded ? element : default
        );
    }

    /// <summary>Reports two values that differ and are too large to compare in detail.</summary>
    private void AddUncompared(DifferencePlace place, JsonValue recorded, JsonValue received)
    {
        Differences.IsCut = true;
        if (Differences.Count(1))
        {
            var message =
                $"{place.Words}: recorded {DifferenceText.Size(recorded)}, got {DifferenceText.Size(received)}; too much to compare";
            Add(place, DifferenceKind.Changed, message, recorded, received);
        }
    }

    /// <summary>
    /// Returns the members of an object with the last value of a repeated one, without searching the object for each.
    /// </summary>
    private static Dictionary<string, JsonValue> Members(JsonValue value)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (name, member) in value.Members)
        {
            members[name] = member;
        }

        return members;
    }

    private void Add(
        DifferencePlace place,
        DifferenceKind kind,
        string message,
        JsonValue recorded,
        JsonValue received
    ) =>
        Differences.Add(
            new RequestDifference(place.Pointer, kind, message)
            {
                Recorded = DifferenceText.Whole(recorded),
                Received = DifferenceText.Whole(received),
            }
        );
}
