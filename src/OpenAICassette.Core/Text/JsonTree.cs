using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>
/// Represents the values of a JSON document with the place of each one's bytes, which System.Text.Json's own document
/// does not tell. Rows stand in document order; a member is a row for its name and then the rows of its value.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>Tables up to this number of rows are filled in memory that the thread uses again.</summary>
    private const int LargestReused = 1 << 16;

    [ThreadStatic]
    private static JsonRow[]? t_rows;

    private readonly ReadOnlyMemory<byte> _document;
    private readonly JsonRow[] _rows;
    private readonly bool _hasOddNames;

    private JsonTree(ReadOnlyMemory<byte> document, JsonRow[] rows, int count, bool hasOddNames)
    {
        _document = document;
        _rows = rows;
        _hasOddNames = hasOddNames;
        Count = count;
    }

    /// <summary>Gets how many rows there are.</summary>
    public int Count { get; }

    /// <summary>Gets how much memory the table takes, without the document.</summary>
    public long TableBytes => (long)_rows.Length * Unsafe.SizeOf<JsonRow>();

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
        var rows = t_rows ?? new JsonRow[1 << 8];
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
                Array.Resize(ref rows, count * 2);
            }

            var isOpen = scanner.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            rows[count] = new JsonRow(at, scanner.TokenLength, isOpen ? open : count + 1, KindOf(scanner.TokenType));
            open = isOpen ? count : open;
            count++;
        }

        if (rows.Length <= LargestReused)
        {
            t_rows = rows;
            rows = GC.AllocateUninitializedArray<JsonRow>(count);
            t_rows.AsSpan(0, count).CopyTo(rows);
        }

        return new JsonTree(document, rows, count, hasOddNames);
    }

    /// <summary>Returns the row with this index.</summary>
    public ref readonly JsonRow Row(int index) => ref _rows[index];

    /// <summary>Returns the bytes of a row as written.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _document.Span.Slice(_rows[index].Start, _rows[index].Length);

    /// <summary>
    /// Returns the row of the value of an object's member with a name, the last one where it is repeated; -1 when there
    /// is none.
    /// </summary>
    /// <param name="row">The object's row.</param>
    /// <param name="name">The member's name.</param>
    public int Member(int row, string name)
    {
        var found = -1;
        var document = _document.Span;
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
        var members = new List<(int Name, int Value)>();
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

        return members;
    }

    /// <summary>
    /// True for a name that is not spelled by its bytes one by one: one with escapes or other characters than ASCII.
    /// </summary>
    private static bool IsOdd(ReadOnlySpan<byte> name) => name.IndexOf((byte)'\\') >= 0 || !Ascii.IsValid(name);

    private int PlaceOf(List<(int Name, int Value)> members, int name)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (Bytes(members[i].Name).SequenceEqual(Bytes(name)))
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
