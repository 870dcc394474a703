using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Represents a small sketch of a request that finds similar ones without reading them: the hashes of its parts, and
/// the smallest hashes of the words in its texts, which similar texts share.
/// </summary>
internal sealed class RequestSketch
{
    /// <summary>The number of parts that a sketch keeps.</summary>
    public const int MostParts = 40;

    /// <summary>The number of words that a sketch keeps.</summary>
    public const int MostWords = 40;

    private const int MostMembers = 5_000;

    /// <summary>The limit for reading a request, in units of a <see cref="ComparisonBudget"/>.</summary>
    private const long MostWork = 1_000_000;

    private readonly int[] _parts;
    private readonly int[] _words;

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
        return new([HashOfPart(HashOfName(name), ValueHash.Loose(element, inside))], words.ToArray());
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

    private static UInt128 HashOfName(string name) => Hash128.Of(name, 'p');

    private static int HashOfPart(UInt128 name, UInt128 loose) => (int)(uint)Hash128.Then(name, loose);

    private static void AddWords(JsonValue value, ref SmallestHashes words)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                AddWords(value.Tree.Bytes(value.Row)[1..^1], ref words);
                break;
            case JsonValueKind.Object:
                // The names are not asked for, which would decode them.
                for (var row = value.Row + 1; row < value.Tree.Row(value.Row).Next; row = value.Tree.Row(row + 1).Next)
                {
                    AddWords(new JsonValue(value.Tree, row + 1), ref words);
                }

                break;
            case JsonValueKind.Array:
                for (var row = value.Row + 1; row < value.Tree.Row(value.Row).Next; row = value.Tree.Row(row).Next)
                {
                    AddWords(new JsonValue(value.Tree, row), ref words);
                }

                break;
        }
    }

    /// <summary>Adds what stands between blanks, commas, quotation marks and backslashes.</summary>
    private static void AddWords(ReadOnlySpan<byte> text, ref SmallestHashes words)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at += Vector128<byte>.Count)
        {
            for (var ends = WordEnds(text[at..]); ends != 0; ends &= ends - 1)
            {
                var end = at + BitOperations.TrailingZeroCount(ends);
                words.Add((int)Hash128.OfWord(text[start..end]));
                start = end + 1;
            }
        }

        words.Add((int)Hash128.OfWord(text[start..]));
    }

    /// <summary>Returns a bit for each of the first 16 bytes that ends a word.</summary>
    private static uint WordEnds(scoped ReadOnlySpan<byte> text)
    {
        Span<byte> padded = stackalloc byte[Vector128<byte>.Count];
        if (text.Length < padded.Length)
        {
            text.CopyTo(padded);
            text = padded;
        }

        var bytes = Vector128.Create(text);
        return (
            BlockMasks.Equal(bytes, ' ')
            | BlockMasks.Equal(bytes, ',')
            | BlockMasks.Equal(bytes, '"')
            | BlockMasks.Equal(bytes, '\\')
        ).ExtractMostSignificantBits();
    }

    /// <summary>Collects what the sketch of a request is made of.</summary>
    /// <param name="parts">Room for <see cref="MostParts"/> hashes.</param>
    /// <param name="words">Room for <see cref="MostWords"/> hashes.</param>
    public ref struct Builder(Span<int> parts, Span<int> words)
    {
        private readonly ComparisonBudget _budget = new(MostWork);
        private SmallestHashes _parts = new(parts);
        private SmallestHashes _words = new(words);
        private UInt128 _name;
        private int _members;
        private bool _isFull;

        /// <summary>Goes on with the parts of another member.</summary>
        public void Enter(string name)
        {
            _name = HashOfName(name);
            _isFull = ++_members > MostMembers;
        }

        /// <summary>Adds a part: the value of a member, or an element of a list.</summary>
        /// <param name="part">The part.</param>
        /// <param name="loose">Its own loose hash.</param>
        public void Add(JsonValue part, UInt128 loose)
        {
            _isFull = _isFull || !_budget.TrySpend(ComparisonBudget.CostOf(part));
            if (!_isFull)
            {
                _parts.Add(HashOfPart(_name, loose));
                AddWords(part, ref _words);
            }
        }

        /// <summary>Returns the sketch.</summary>
        public readonly RequestSketch Build() => new(_parts.ToArray(), _words.ToArray());
    }
}
