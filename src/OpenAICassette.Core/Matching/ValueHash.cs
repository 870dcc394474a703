using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Hashes a request, or a part of one, by its JSON values: the order of members and the spelling of numbers and strings
/// do not count. The loose hash also leaves out what changes from run to run: ignored members, nulls and the values of
/// ids. A single text part equals its text.
/// </summary>
internal sealed class ValueHash
{
    private const int LargestKept = 1024;

    private readonly bool _isLoose;
    private readonly TextPatterns? _texts;
    private readonly Ordinals _placeholders;
    private readonly Ordinals _ids;
    private JsonTree? _tree;
    private bool _isNumbered;

    /// <summary>Lists of members that this thread uses again.</summary>
    [ThreadStatic]
    private static Stack<List<(int Name, int Value)>>? t_lists;

    private ValueHash(bool isLoose, TextPatterns? texts = null)
        : this(isLoose, texts, new Ordinals(), new Ordinals()) { }

    private ValueHash(bool isLoose, TextPatterns? texts, Ordinals placeholders, Ordinals ids)
    {
        _isLoose = isLoose;
        _texts = texts;
        _placeholders = placeholders;
        _ids = ids;
    }

    /// <summary>Gets the hash of an empty list.</summary>
    public static UInt128 EmptyList => (UInt128)(int)JsonValueKind.Array;

    /// <summary>
    /// Gets whether this hash left out or numbered something, so that the exact one differs; it is reset by its reader.
    /// </summary>
    public bool HasLoosened { get; set; }

    /// <summary>Begins the hashes of requests whose lists of messages continue each other.</summary>
    /// <param name="ignored">The ignored members; null for exact hashes.</param>
    public static ValueHash Begin(MemberPatterns? ignored) => new(ignored is not null, ignored?.Texts);

    /// <summary>Returns a copy, to which elements can be added that the original does not have.</summary>
    public ValueHash Copy() => new(_isLoose, _texts, _placeholders.Copy(), _ids.Copy());

    /// <summary>Returns the hash of a list with one more element.</summary>
    /// <param name="list">The hash of the list so far.</param>
    /// <param name="element">The element.</param>
    /// <param name="index">Its position.</param>
    /// <param name="ignored">The ignored members inside the list.</param>
    public UInt128 Append(UInt128 list, JsonValue element, int index, MemberPatterns ignored) =>
        Append(list, element, index, ignored, isCall: false);

    /// <summary>Returns the hash of a request of which one member is a list whose hash is known.</summary>
    /// <param name="body">The request; the list in it is empty.</param>
    /// <param name="ignored">The ignored members.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="list">The hash of its elements.</param>
    public UInt128 OfBody(RequestBody body, MemberPatterns ignored, string name, UInt128 list) =>
        OfBody(body, ignored, (name, list));

    /// <summary>Returns a hash that differs for any two different requests.</summary>
    public static UInt128 Exact(RequestBody body) => new ValueHash(isLoose: false).OfBody(body, MemberPatterns.None);

    /// <summary>Returns a hash that is equal for requests that differ only in ignored members.</summary>
    public static UInt128 Loose(RequestBody body, MemberPatterns ignored) =>
        new ValueHash(isLoose: true, ignored.Texts).OfBody(body, ignored);

    /// <summary>Returns the loose hash of a part of a request.</summary>
    public static UInt128 Loose(JsonValue part, MemberPatterns ignored) =>
        new ValueHash(isLoose: true, ignored.Texts).Of(part, ignored, isCall: false);

    private UInt128 OfBody(RequestBody body, MemberPatterns ignored, (string Name, UInt128 Hash)? list = null)
    {
        if (body.IsOpaque)
        {
            return Of(body.Value, ignored, isCall: false);
        }

        var sum = UInt128.Zero;
        foreach (var name in body.Names)
        {
            var value = body[name];
            if (name == list?.Name)
            {
                _ = ignored.Inside(name, out var isIgnored);
                sum += _isLoose && isIgnored ? UInt128.Zero : OfMember(name, list.Value.Hash);
            }
            else
            {
                sum += OfMember(name, value, ignored);
            }
        }

        return OfMembers(sum);
    }

    /// <summary>Returns the hash of a request's member; zero, which adds nothing, for one that is left out.</summary>
    public UInt128 OfMember(string name, JsonValue value, MemberPatterns ignored) =>
        // Not to stream is the default.
        _isLoose && name == "stream" && value.Kind == JsonValueKind.False
            ? UInt128.Zero
            : OfMember(Encoding.UTF8.GetBytes(name), name, value, ignored, isId: false);

    /// <summary>Returns the hash of a member whose value has a hash.</summary>
    public static UInt128 OfMember(string name, UInt128 value) => Hash128.Then(Hash128.Of(name, 'n'), value);

    /// <summary>Returns the hash of a request, or an object, whose members have this sum.</summary>
    public static UInt128 OfMembers(UInt128 sum) => Hash128.Then(sum, (UInt128)(int)JsonValueKind.Object);

    /// <summary>Returns the hash of a value that stands in a request after those that were hashed.</summary>
    /// <param name="value">The value.</param>
    /// <param name="ignored">The ignored members inside it.</param>
    /// <param name="isCall">Whether it is a tool call.</param>
    public UInt128 Of(JsonValue value, MemberPatterns ignored, bool isCall) =>
        value.Kind switch
        {
            JsonValueKind.Object => OfObject(value, ignored, isCall),
            JsonValueKind.Array => OfArray(value, ignored, isCall),
            JsonValueKind.String => OfString(value.Tree.Bytes(value.Row)[1..^1]),
            JsonValueKind.Number => OfNumber(value.Tree.Bytes(value.Row)),
            _ => Hash128.Of([], (ulong)value.Kind),
        };

    private UInt128 OfObject(JsonValue value, MemberPatterns ignored, bool isCall)
    {
        var tree = value.Tree;
        var lists = t_lists ??= [];
        var members = lists.TryPop(out var list) ? list : [];
        tree.UniqueMembers(value.Row, members);

        // Ids and placeholders are numbered in reading order, which must not depend on the order of the members.
        if (members.Count > 1 && IsNumbered(tree))
        {
            Sort(tree, members);
        }

        var sum = UInt128.Zero;
        var hasId = _isLoose && CallIds.HasId(value, isCall);
        foreach (var (nameRow, valueRow) in members)
        {
            var name = tree.Bytes(nameRow)[1..^1];
            var text = !ignored.IsEmpty || name.Contains((byte)'\\') ? JsonText.Decode(name) : null;
            sum += OfMember(name, text, new JsonValue(tree, valueRow), ignored, hasId && name.SequenceEqual("id"u8));
        }

        if (members.Capacity <= LargestKept)
        {
            members.Clear();
            lists.Push(members);
        }

        return OfMembers(sum);
    }

    /// <summary>Returns whether a document may contain what is numbered.</summary>
    private bool IsNumbered(JsonTree tree)
    {
        if (!ReferenceEquals(tree, _tree))
        {
            (_tree, _isNumbered) = (tree, _isLoose || PlaceholderText.IsIn(tree.Bytes(0)));
        }

        return _isNumbered;
    }

    /// <summary>Sorts members by name; most are few, and many are sorted as they are.</summary>
    private static void Sort(JsonTree tree, List<(int Name, int Value)> members)
    {
        const int few = 16;
        if (members.Count > few)
        {
            members.Sort((a, b) => Order(tree.Bytes(a.Name)[1..^1], tree.Bytes(b.Name)[1..^1]));
            return;
        }

        for (var sorted = 1; sorted < members.Count; sorted++)
        {
            var member = members[sorted];
            var at = sorted;
            for (; at > 0 && Order(tree.Bytes(member.Name)[1..^1], tree.Bytes(members[at - 1].Name)[1..^1]) < 0; at--)
            {
                members[at] = members[at - 1];
            }

            members[at] = member;
        }
    }

    private static int Order(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        name.Contains((byte)'\\') || other.Contains((byte)'\\')
            ? string.CompareOrdinal(JsonText.Decode(name), JsonText.Decode(other))
            : name.SequenceCompareTo(other);

    /// <summary>Returns the hash of a member; zero, which adds nothing, for an ignored one.</summary>
    private UInt128 OfMember(ReadOnlySpan<byte> name, string? text, JsonValue value, MemberPatterns ignored, bool isId)
    {
        var isIgnored = false;
        var inside = text is null ? MemberPatterns.None : ignored.Inside(text, out isIgnored);
        if (_isLoose && (isIgnored || value.Kind == JsonValueKind.Null))
        {
            HasLoosened = true;
            return UInt128.Zero;
        }

        UInt128 hash;
        isId |= _isLoose && CallIds.IsLink(name);
        if (isId && value.Text is { } id)
        {
            hash = (UInt128)_ids.Of(id);
            HasLoosened = true;
        }
        else
        {
            var plain = _isLoose ? SoleText.Of(name, value) : value;
            HasLoosened |= plain.Row != value.Row;
            hash = Of(plain, inside, CallIds.IsCalls(name));
        }

        return text is not null && name.Contains((byte)'\\')
            ? OfMember(text, hash)
            : Hash128.Then(Hash128.Of(name, 'n'), hash);
    }

    private UInt128 OfArray(JsonValue value, MemberPatterns ignored, bool isCall)
    {
        var (tree, hash, index) = (value.Tree, EmptyList, 0);
        for (var row = value.Row + 1; row < tree.Row(value.Row).Next; row = tree.Row(row).Next)
        {
            hash = Append(hash, new JsonValue(tree, row), index, ignored, isCall);
            index++;
        }

        return hash;
    }

    private UInt128 Append(UInt128 list, JsonValue element, int index, MemberPatterns ignored, bool isCall)
    {
        var isIgnored = false;
        var inside = ignored.IsEmpty
            ? ignored
            : ignored.Inside(index.ToString(CultureInfo.InvariantCulture), out isIgnored);
        if (isIgnored && _isLoose)
        {
            HasLoosened = true;
            return list;
        }

        return Hash128.Then(list, Of(element, inside, isCall));
    }

    private UInt128 OfString(ReadOnlySpan<byte> raw)
    {
        const ulong kind = 's';
        if (_texts is not null)
        {
            HasLoosened = true;
            return Hash128.Of(_texts.Without(PlaceholderText.Normalize(JsonText.Decode(raw), _placeholders)), kind);
        }

        if (PlaceholderText.IsIn(raw))
        {
            HasLoosened = true;
            return Hash128.Of(PlaceholderText.Normalize(JsonText.Decode(raw), _placeholders), kind);
        }

        if (!raw.Contains((byte)'\\'))
        {
            return Hash128.Of(raw, kind);
        }

        var decoded = ArrayPool<byte>.Shared.Rent(raw.Length);
        var hash = Hash128.Of(decoded.AsSpan(0, JsonText.DecodeUtf8(raw, decoded)), kind);
        ArrayPool<byte>.Shared.Return(decoded);
        return hash;
    }

    /// <summary>
    /// Hashes a number by its value: 1, 1.0 and 10e-1 are equal; whole numbers of any size stay distinct.
    /// </summary>
    private static UInt128 OfNumber(ReadOnlySpan<byte> token)
    {
        const ulong whole = 'i';
        const ulong real = 'f';
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return Hash128.Of(BitConverter.GetBytes(number), whole);
        }

        if (!PythonNumber.IsFloat(token))
        {
            return Hash128.Of(token, whole);
        }

        const double tooLong = 9.2e18;
        var value = PythonNumber.Parse(token);
        return !double.IsFinite(value) || Math.Floor(value) != value ? Hash128.Of(BitConverter.GetBytes(value), real)
            : Math.Abs(value) < tooLong ? Hash128.Of(BitConverter.GetBytes((long)value), whole)
            : OfNumber(Encoding.ASCII.GetBytes(new BigInteger(value).ToString(CultureInfo.InvariantCulture)));
    }
}
