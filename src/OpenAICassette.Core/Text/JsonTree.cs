using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// Represents the values of a JSON document with the place of each one's bytes, which System.Text.Json's own document
/// does not tell. Rows stand in document order; a member is a row for its name and then the rows of its value.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>Larger tables are left to the garbage collector.</summary>
    private const int LargestPooled = 1 << 18;

    /// <summary>A table begins with a row for so many bytes, which is enough for most documents.</summary>
    private const int BytesOfRow = 16;

    /// <summary>
    /// A long document mostly has few rows, with long texts. A table of this size is not yet a large object, of which
    /// few megabytes make the garbage collector look through everything.
    /// </summary>
    private const int MostRowsAtFirst = 1 << 12;

    private readonly ReadOnlyMemory<byte> _document;
    private readonly bool _hasOddNames;
    private readonly int _offset;
    private byte[]? _buffer;
    private JsonRow[] _rows;

    private JsonTree(ReadOnlyMemory<byte> document, JsonRow[] rows, int count, bool hasOddNames)
    {
        _document = document;
        _hasOddNames = hasOddNames;
        Count = count;
        if (LentBytes.Of(document, out _offset) is { } lent && lent.TryAdd(this))
        {
            _buffer = lent.Buffer;
            _rows = rows;
            return;
        }

        (_buffer, _offset) = MemoryMarshal.TryGetArray(document, out var bytes)
            ? (bytes.Array, bytes.Offset)
            : (null, 0);
        if (rows.Length > LargestPooled)
        {
            _rows = rows;
            return;
        }

        _rows = GC.AllocateUninitializedArray<JsonRow>(count);
        rows.AsSpan(0, count).CopyTo(_rows);
        Return(rows);
    }

    /// <summary>Gets how many rows there are.</summary>
    public int Count { get; }

    /// <summary>Gets how much memory the table takes, without the document.</summary>
    public long TableBytes => (long)_rows.Length * Unsafe.SizeOf<JsonRow>();

    /// <summary>Gets whether the bytes were lent and the loan is over; the tree cannot be used any more.</summary>
    public bool IsOver => _rows.Length == 0;

    /// <summary>Gets the bytes that all places refer to.</summary>
    public ReadOnlyMemory<byte> Document => _document;

    /// <summary>Gets the whole document as a value.</summary>
    public JsonValue Root => new(this, 0);

    /// <summary>Reads a whole file: its text without the byte order mark that some editors put before it.</summary>
    /// <param name="document">The file's bytes.</param>
    /// <exception cref="JsonTextException">The text is not JSON, or it is nested too deep.</exception>
    public static JsonTree ParseFile(ReadOnlyMemory<byte> document)
    {
        var mark = JsonText.MarkLength(document.Span);
        return Parse(document, mark, document.Length - mark);
    }

    /// <summary>Reads one JSON value.</summary>
    /// <param name="document">The bytes that places refer to.</param>
    /// <param name="start">Where in the document the value starts.</param>
    /// <param name="length">How many bytes hold the value.</param>
    /// <exception cref="JsonTextException">
    /// The bytes are not exactly one JSON value, or it is nested too deep.
    /// </exception>
    public static JsonTree Parse(ReadOnlyMemory<byte> document, int start, int length)
    {
        var scanner = new JsonScanner(document.Span.Slice(start, length));
        var rows = Rent(Math.Clamp(length / BytesOfRow, 1 << 6, MostRowsAtFirst));
        var count = 0;
        var hasOddNames = false;

        // While a list or object is open, its row's Next is the row of the one around it.
        var open = -1;
        while (scanner.Read())
        {
            var at = start + scanner.TokenStart;
            switch (scanner.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var opened = open;
                    open = rows[opened].Next;
                    rows[opened] = rows[opened] with { Length = at + 1 - rows[opened].Start, Next = count };
                    continue;
                case JsonTokenType.PropertyName:
                    hasOddNames |= IsOdd(scanner.Value);
                    break;
            }

            if (count == rows.Length)
            {
                var more = Rent(count * 2);
                rows.CopyTo(more);
                Return(rows);
                rows = more;
            }

            var isOpen = scanner.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            rows[count] = new JsonRow(at, scanner.TokenLength, isOpen ? open : count + 1, KindOf(scanner.TokenType));
            open = isOpen ? count : open;
            count++;
        }

        return new JsonTree(document, rows, count, hasOddNames);
    }

    /// <summary>Ends the use of lent bytes and returns the table.</summary>
    public void End()
    {
        Return(_rows);
        (_rows, _buffer) = ([], null);
    }

    /// <summary>Returns the row with this index.</summary>
    public ref readonly JsonRow Row(int index) => ref _rows[index];

    /// <summary>Returns the bytes of a row as written.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Text.Slice(_rows[index].Start, _rows[index].Length);

    /// <summary>
    /// Returns the row of the value of an object's member with a name, the last one where it is repeated; -1 when there
    /// is none.
    /// </summary>
    /// <param name="row">The object's row.</param>
    /// <param name="name">The member's name.</param>
    public int Member(int row, string name)
    {
        var found = -1;
        var document = Text;
        ReadOnlySpan<JsonRow> rows = _rows;
        var end = rows[row].Next;
        var first = name.Length > 0 ? name[0] : '"';
        for (var at = row + 1; at < end; at = rows[at + 1].Next)
        {
            ref readonly var member = ref rows[at];
            if (
                _hasOddNames
                    ? JsonText.Matches(document.Slice(member.Start + 1, member.Length - 2), name)
                    : member.Length == name.Length + 2
                        && document[member.Start + 1] == first
                        && Ascii.Equals(document.Slice(member.Start + 1, name.Length), name)
            )
            {
                found = at + 1;
            }
        }

        return found;
    }

    /// <summary>Returns how many elements an array has, or members an object.</summary>
    /// <param name="row">The row of the array or object.</param>
    public int CountOf(int row)
    {
        // The value of a member stands after its name.
        var skipped = _rows[row].Kind == JsonValueKind.Object ? 1 : 0;
        var count = 0;
        for (var inner = row + 1; inner < _rows[row].Next; inner = _rows[inner + skipped].Next)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// The members of an object as Python's dict would hold them: each name once, where it first stood, with the value
    /// that stood last.
    /// </summary>
    /// <param name="row">The object's row.</param>
    /// <returns>The rows of the names and of the values.</returns>
    public List<(int Name, int Value)> UniqueMembers(int row)
    {
        const int usual = 8;
        var members = new List<(int Name, int Value)>(usual);
        UniqueMembers(row, members);
        return members;
    }

    /// <summary>Adds the members of an object to a list that is empty, each name once.</summary>
    public void UniqueMembers(int row, List<(int Name, int Value)> members)
    {
        Dictionary<string, int>? places = null;
        for (var name = row + 1; name < _rows[row].Next; name = _rows[name + 1].Next)
        {
            // Few names are compared as they are written; a long object, or one with escapes in names, through a table.
            if (places is null && (members.Count > 24 || Bytes(name).Contains((byte)'\\')))
            {
                places = [];
                for (var i = 0; i < members.Count; i++)
                {
                    places[JsonText.Decode(Bytes(members[i].Name)[1..^1])] = i;
                }
            }

            var place = places is null
                ? PlaceOf(members, name)
                : places.GetValueOrDefault(JsonText.Decode(Bytes(name)[1..^1]), -1);
            if (place >= 0)
            {
                members[place] = (members[place].Name, name + 1);
                continue;
            }

            places?.Add(JsonText.Decode(Bytes(name)[1..^1]), members.Count);
            members.Add((name, name + 1));
        }
    }

    private ReadOnlySpan<byte> Text =>
        _buffer is null ? _document.Span : new ReadOnlySpan<byte>(_buffer, _offset, _document.Length);

    private static JsonRow[] Rent(int count) =>
        count <= LargestPooled ? ArrayPool<JsonRow>.Shared.Rent(count) : new JsonRow[count];

    private static void Return(JsonRow[] rows)
    {
        if (rows.Length <= LargestPooled)
        {
            ArrayPool<JsonRow>.Shared.Return(rows);
        }
    }

    /// <summary>
    /// True for a name that is not spelled by its bytes one by one: one with escapes or other characters than ASCII.
    /// </summary>
    private static bool IsOdd(ReadOnlySpan<byte> name) => name.IndexOf((byte)'\\') >= 0 || !Ascii.IsValid(name);

    private int PlaceOf(List<(int Name, int Value)> members, int name)
    {
        var bytes = Bytes(name);
        for (var i = 0; i < members.Count; i++)
        {
            var other = members[i].Name;
            if (_rows[other].Length == bytes.Length && Bytes(other).SequenceEqual(bytes))
            {
                return i;
            }
        }

        return -1;
    }

    private static JsonValueKind KindOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => JsonValueKind.Object,
            JsonTokenType.StartArray => JsonValueKind.Array,
            JsonTokenType.String or JsonTokenType.PropertyName => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
}

/// <summary>
/// Represents a value, or one member name, of a <see cref="JsonTree"/>: what it is and where its bytes are.
/// </summary>
/// <param name="Start">Offset of the first byte in the document; a string's is its opening quote.</param>
/// <param name="Length">Length in bytes as written, quotes and brackets included.</param>
/// <param name="Next">Index of the row after this value and everything in it.</param>
/// <param name="Kind">The kind of value; a member name counts as a string.</param>
internal readonly record struct JsonRow(int Start, int Length, int Next, JsonValueKind Kind);
