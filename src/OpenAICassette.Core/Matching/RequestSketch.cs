using System.Buffers;
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

    private static readonly SearchValues<byte> s_wordEnds = SearchValues.Create(" \\\","u8);

    private readonly int[] _parts;
    private readonly int[] _words;

    /// <summary>Creates the sketch.</summary>
    public RequestSketch(RequestBody body, MemberPatterns ignored)
    {
        var parts = new SmallestHashes(stackalloc int[MostParts]);
        var words = new SmallestHashes(stackalloc int[MostWords]);
        var budget = new ComparisonBudget(MostWork);
        var members = 0;
        foreach (var (name, value) in body.Members)
        {
            if (++members > MostMembers)
            {
                break;
            }

            var inside = ignored.Inside(name, out var isIgnored);
            if (isIgnored)
            {
                continue;
            }

            var hash = HashOfName(name);
            foreach (var part in value.Kind == JsonValueKind.Array ? value.Elements : (IEnumerable<JsonValue>)[value])
            {
                if (!budget.TrySpend(ComparisonBudget.CostOf(part)))
                {
                    break;
                }

                parts.Add(HashOfPart(hash, part, inside));
                AddWords(part, ref words);
            }
        }

        (_parts, _words) = (parts.ToArray(), words.ToArray());
    }

    private RequestSketch(int[] parts, int[] words) => (_parts, _words) = (parts, words);

    /// <summary>Gets the sketch of a request without members.</summary>
    public static RequestSketch Empty { get; } = new([], []);

    /// <summary>Returns the sketch of a request with the parts of this one and of another.</summary>
    public RequestSketch With(RequestSketch other) =>
        new(United(_parts, other._parts, MostParts), United(_words, other._words, MostWords));

    /// <summary>Returns the sketch of one element of a list.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="element">The element.</param>
    /// <param name="inside">The ignored members inside the list.</param>
    public static RequestSketch OfElement(string name, JsonValue element, MemberPatterns inside)
    {
        var words = new SmallestHashes(stackalloc int[MostWords]);
        AddWords(element, ref words);
        return new([HashOfPart(HashOfName(name), element, inside)], words.ToArray());
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

    private static int[] United(ReadOnlySpan<int> some, ReadOnlySpan<int> others, int most)
    {
        var all = new SmallestHashes(stackalloc int[most]);
        all.Add(some);
        all.Add(others);
        return all.ToArray();
    }

    private static UInt128 HashOfName(string name) => Hash128.Of(Encoding.UTF8.GetBytes(name), 'p');

    private static int HashOfPart(UInt128 name, JsonValue part, MemberPatterns inside) =>
        (int)(uint)Hash128.Then(name, ValueHash.Loose(part, inside));

    private static void AddWords(JsonValue value, ref SmallestHashes words)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                var text = value.Tree.Bytes(value.Row)[1..^1];
                for (var end = text.IndexOfAny(s_wordEnds); end >= 0; end = text.IndexOfAny(s_wordEnds))
                {
                    words.Add((int)(uint)Hash128.Of(text[..end], 'w'));
                    text = text[(end + 1)..];
                }

                words.Add((int)(uint)Hash128.Of(text, 'w'));
                break;
            case JsonValueKind.Object:
                // The names are not asked for, which would decode them.
                for (var row = value.Row + 1; row < value.Tree.Row(value.Row).Next; row = value.Tree.Row(row + 1).Next)
                {
                    AddWords(new JsonValue(value.Tree, row + 1), ref words);
                }

                break;
            case JsonValueKind.Array:
                foreach (var inner in value.Elements)
                {
                    AddWords(inner, ref words);
                }

                break;
        }
    }
}
