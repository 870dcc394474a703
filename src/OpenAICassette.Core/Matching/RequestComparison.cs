using System.Text;
using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Matching;

/// <summary>What is different in two requests, as a person would say it, the most important first.</summary>
internal sealed class RequestComparison
{
    private static readonly string[] s_first = ["model", "stream", "system", "instructions", "messages", "input", "contents", "prompt", "tools", "functions"];

    private readonly List<RequestDifference> _differences = [];

    private RequestComparison()
    {
    }

    /// <summary>The differences; none when the requests differ only in what is ignored.</summary>
    /// <param name="recorded">The recorded request.</param>
    /// <param name="received">The request that came in.</param>
    /// <param name="ignored">The members that do not count.</param>
    public static IReadOnlyList<RequestDifference> Of(RequestBody recorded, RequestBody received, MemberPatterns ignored)
    {
        var comparison = new RequestComparison();
        if (recorded.IsOpaque || received.IsOpaque)
        {
            comparison.Compare(new DifferencePlace(string.Empty, "the body"), recorded.Value, received.Value, ignored, isCall: false);
            return comparison._differences;
        }

        var names = recorded.Members.Keys.Union(received.Members.Keys, StringComparer.Ordinal)
            .OrderBy(name => Array.IndexOf(s_first, name) is var place and >= 0 ? place : s_first.Length);
        foreach (var name in names)
        {
            var (before, after) = (recorded[name], received[name]);
            var isSilent = name == "stream" && before.Truth != true && after.Truth != true;
            if (!isSilent)
            {
                comparison.CompareMember(new DifferencePlace(string.Empty, string.Empty), name, before, after, ignored);
            }
        }

        return comparison._differences;
    }

    private void CompareMember(DifferencePlace parent, string name, JsonValue recorded, JsonValue received, MemberPatterns ignored)
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
        else if (name is "tools" or "functions" or "messages" && (recorded.HasValue ? recorded : received) is { Kind: JsonValueKind.Array } only)
        {
            foreach (var (element, index) in only.Elements.Select((element, index) => (element, index)))
            {
                AddOrMiss(name, place.Element(index), element, isAdded: received.HasValue);
            }
        }
        else if (recorded.HasValue)
        {
            Add(place, DifferenceKind.Missing, $"{place.Words}: recorded {DifferenceText.Show(recorded)}, missing in the request", recorded, default, DifferenceText.Small);
        }
        else
        {
            Add(place, DifferenceKind.Added, $"{place.Words}: got {DifferenceText.Show(received)}, not in the recording", default, received, DifferenceText.Small);
        }
    }

    private void Compare(DifferencePlace place, JsonValue recorded, JsonValue received, MemberPatterns ignored, bool isCall)
    {
        if (ValueHash.Loose(recorded, ignored) == ValueHash.Loose(received, ignored))
        {
            return;
        }

        if (recorded.Kind == JsonValueKind.Object && received.Kind == JsonValueKind.Object)
        {
            CompareObjects(place, recorded, received, ignored, isCall);
        }
        else if (recorded.Kind == JsonValueKind.Array && received.Kind == JsonValueKind.Array)
        {
            CompareArrays(place, recorded, received, ignored, isCall);
        }
        else
        {
            var (before, after) = DifferenceText.Show(recorded, received);
            Add(place, DifferenceKind.Changed, $"{place.Words}: recorded {before}, got {after}", recorded, received, DifferenceText.Distance(recorded, received));
        }
    }

    private void CompareObjects(DifferencePlace place, JsonValue recorded, JsonValue received, MemberPatterns ignored, bool isCall)
    {
        var hasId = CallIds.HasId(received, isCall);
        foreach (var name in recorded.Members.Concat(received.Members).Select(member => member.Key).Distinct(StringComparer.Ordinal))
        {
            if (!CallIds.IsLink(Encoding.UTF8.GetBytes(name)) && !(hasId && name == "id"))
            {
                CompareMember(place, name, recorded[name], received[name], ignored);
            }
        }
    }

    private void CompareArrays(DifferencePlace place, JsonValue recorded, JsonValue received, MemberPatterns ignored, bool isCall)
    {
        var pairs = ArrayAlignment.Of([.. recorded.Elements], [.. received.Elements], ignored, isByName: place.Name is "tools" or "functions");
        if (pairs.Moved.Count > 0)
        {
            var (from, to) = pairs.Moved[0];
            var isSwap = pairs.Moved.Count <= 2 && pairs.Recorded.Count == pairs.Received.Count;
            var message = isSwap
                ? $"{place.Element(Math.Min(from, to)).Words} and {place.Element(Math.Max(from, to)).Words} are the other way round"
                : $"{place.Element(to).Words} is {place.Element(from).Words} in the recording; they are in another order";
            Add(place.Element(to), DifferenceKind.Moved, message, pairs.Recorded[from], pairs.Received[to], DifferenceText.Small);
        }

        foreach (var (before, after) in pairs.Changed)
        {
            // Where nothing came in, the place is that in the recording.
            if (before is { } from && after is { } to)
            {
                var element = pairs.IsByName ? place.Tool(to, ArrayAlignment.NameOf(pairs.Received[to])) : place.Element(to);
                var inside = ignored.Inside(to.ToString(System.Globalization.CultureInfo.InvariantCulture), out _);
                Compare(element, pairs.Recorded[from], pairs.Received[to], inside, isCall);
            }
            else
            {
                var index = after ?? before!.Value;
                AddOrMiss(place.Name, place.Element(index), after is null ? pairs.Recorded[index] : pairs.Received[index], isAdded: after is not null);
            }
        }
    }

    private void AddOrMiss(string list, DifferencePlace place, JsonValue element, bool isAdded)
    {
        var what = list is "tools" or "functions" ? $"tool '{DifferenceText.Line(ArrayAlignment.NameOf(element))}'"
            : element["role"].Text is { } role ? $"{place.Words} ({DifferenceText.Line(role)} {DifferenceText.Show(element["content"])})"
            : $"{place.Words} ({DifferenceText.Show(element)})";
        var message = isAdded ? $"{what} is not in the recording" : $"{what} of the recording is missing";
        Add(place, isAdded ? DifferenceKind.Added : DifferenceKind.Missing, message, isAdded ? default : element, isAdded ? element : default);
    }

    private void Add(DifferencePlace place, DifferenceKind kind, string message, JsonValue recorded, JsonValue received, double weight = 1)
        => _differences.Add(new RequestDifference(place.Pointer, kind, message)
        {
            Recorded = DifferenceText.Whole(recorded),
            Received = DifferenceText.Whole(received),
            Weight = weight,
        });
}
