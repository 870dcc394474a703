using System.Text;
using System.Text.Json;

namespace OpenAICassette.Matching;

/// <summary>
/// Represents a small sketch of a request that finds similar ones without reading them: the hashes of its parts, and
/// the smallest hashes of the words in its texts, which similar texts share.
/// </summary>
internal sealed class RequestSketch
{
    private const int MostParts = 40;
    private const int MostWords = 40;
    private const int MostMembers = 5_000;

    /// <summary>The limit for reading a request, in units of a <see cref="ComparisonBudget"/>.</summary>
    private const long MostWork = 1_000_000;

    private readonly int[] _parts;
    private readonly int[] _words;

    /// <summary>Creates the sketch.</summary>
    public RequestSketch(RequestBody body, MemberPatterns ignored)
    {
        var parts = new HashSet<int>();
        var words = new HashSet<int>();
        var budget = new ComparisonBudget(MostWork);
        foreach (var (name, value) in body.Members.Take(MostMembers))
        {
            var inside = ignored.Inside(name, out var isIgnored);
            if (isIgnored)
            {
                continue;
            }

            var of = Hash128.Of(Encoding.UTF8.GetBytes(name), 'p');
            foreach (var part in value.Kind == JsonValueKind.Array ? value.Elements : (IEnumerable<JsonValue>)[value])
            {
                if (!budget.TrySpend(ComparisonBudget.CostOf(part)))
                {
                    break;
                }

                parts.Add((int)(uint)Hash128.Then(of, ValueHash.Loose(part, inside)));
                AddWords(part, words);
            }
        }

        _parts = [.. parts.Order().Take(MostParts)];
        _words = [.. words.Order().Take(MostWords)];
    }

    private RequestSketch(IEnumerable<int> parts, IEnumerable<int> words)
    {
        _parts = [.. parts.Distinct().Order().Take(MostParts)];
        _words = [.. words.Distinct().Order().Take(MostWords)];
    }

    /// <summary>Gets the sketch of a request without members.</summary>
    public static RequestSketch Empty { get; } = new([], []);

    /// <summary>Returns the sketch of a request with the parts of this one and of another.</summary>
    public RequestSketch With(RequestSketch other) => new(_parts.Concat(other._parts), _words.Concat(other._words));

    /// <summary>Returns the sketch of one element of a list.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="element">The element.</param>
    /// <param name="inside">The ignored members inside the list.</param>
    public static RequestSketch OfElement(string name, JsonValue element, MemberPatterns inside)
    {
        var words = new HashSet<int>();
        AddWords(element, words);
        return new(
            [(int)(uint)Hash128.Then(Hash128.Of(Encoding.UTF8.GetBytes(name), 'p'), ValueHash.Loose(element, inside))],
            words
        );
    }

    /// <summary>Gets the sketch as bits.</summary>
    public SketchMark Mark => SketchMark.Of(_parts, _words);

    /// <summary>Returns how similar two requests are, from 0 to 2.</summary>
    public double Likeness(RequestSketch other) =>
        Share(_parts, other._parts, MostParts) + Share(_words, other._words, MostWords);

    /// <summary>Returns the share of common values in two sorted sets that keep only their smallest values.</summary>
    private static double Share(int[] a, int[] b, int most)
    {
        int common = 0,
            seen = 0,
            i = 0,
            j = 0;
        for (; seen < most && i < a.Length && j < b.Length; seen++)
        {
            var order = a[i].CompareTo(b[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        seen = Math.Min(most, seen + (a.Length - i) + (b.Length - j));
        return seen == 0 ? 1 : (double)common / seen;
    }

    private static void AddWords(JsonValue value, HashSet<int> words)
    {
        if (value.Kind == JsonValueKind.String)
        {
            foreach (var word in value.Tree.Bytes(value.Row)[1..^1].SplitAny(" \\\","u8))
            {
                words.Add((int)(uint)Hash128.Of(value.Tree.Bytes(value.Row)[1..^1][word], 'w'));
            }
        }
        else if (value.Kind is JsonValueKind.Object or JsonValueKind.Array)
        {
            foreach (
                var inner in value.Kind == JsonValueKind.Object
                    ? value.Members.Select(member => member.Value)
                    : value.Elements
            )
            {
                AddWords(inner, words);
            }
        }
    }
}
