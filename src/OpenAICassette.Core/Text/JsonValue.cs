using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents a value in a recorded document, read in place: nothing is copied until it is asked for, and numbers stay
/// as they were written. A member or element that does not exist is a value of kind <see
/// cref="JsonValueKind.Undefined"/>, so look-ups can be chained.
/// </summary>
public readonly struct JsonValue : IEquatable<JsonValue>
{
    private readonly JsonTree? _tree;
    private readonly int _row;

    internal JsonValue(JsonTree tree, int row)
    {
        _tree = tree;
        _row = row;
    }

    /// <summary>Gets what kind of value this is; <see cref="JsonValueKind.Undefined"/> when there is none.</summary>
    public JsonValueKind Kind => _tree is null ? JsonValueKind.Undefined : _tree.Row(_row).Kind;

    /// <summary>Gets the document's table of values.</summary>
    internal JsonTree Tree => _tree ?? throw new InvalidOperationException("there is no value");

    /// <summary>Gets the value's row in that table.</summary>
    internal int Row => _row;

    /// <summary>Gets whether there is a value and it is not null.</summary>
    public bool HasValue => Kind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Gets whether there is a value, which may be null.</summary>
    public bool Exists => _tree is not null;

    /// <summary>Gets the offset of the value's first byte in its document; a string's is its opening quote.</summary>
    public int Start => _tree is null ? 0 : _tree.Row(_row).Start;

    /// <summary>Gets the length of the value in bytes, as written.</summary>
    public int Length => _tree is null ? 0 : _tree.Row(_row).Length;

    /// <summary>Gets the value's bytes as written.</summary>
    public ReadOnlyMemory<byte> Utf8 => _tree is null ? default : _tree.Document.Slice(Start, Length);

    /// <summary>Gets the decoded text of a string; null for every other kind.</summary>
    public string? Text => Kind == JsonValueKind.String ? JsonText.Decode(_tree!.Bytes(_row)[1..^1]) : null;

    /// <summary>Returns whether this is a string with a text.</summary>
    internal bool IsText(string text) =>
        Kind == JsonValueKind.String && JsonText.Matches(_tree!.Bytes(_row)[1..^1], text);

    /// <summary>Gets the value of true or false; null for every other kind.</summary>
    public bool? Truth =>
        Kind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>Gets the value of a number that is a 64-bit integer; null for every other kind and number.</summary>
    public long? WholeNumber =>
        Kind == JsonValueKind.Number
        && long.TryParse(
            _tree!.Bytes(_row),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    /// <summary>
    /// Gets the value as a .NET object: a string, a bool, a number as <see cref="long"/>,
    /// <see cref="System.Numerics.BigInteger"/> or <see cref="double"/>, an object as <see cref="JsonDictionary"/>, an
    /// array as an array of objects; null for null and for no value.
    /// </summary>
    public object? Value =>
        Kind switch
        {
            JsonValueKind.String => Text,
            JsonValueKind.True or JsonValueKind.False => Truth,
            JsonValueKind.Number => Number(),
            JsonValueKind.Object => new JsonDictionary(this),
            JsonValueKind.Array => Elements.Select(element => element.Value).ToArray(),
            _ => null,
        };

    /// <summary>Gets the number of elements of an array or of members of an object; 0 for every other kind.</summary>
    public int Count => Kind is JsonValueKind.Array or JsonValueKind.Object ? _tree!.CountOf(_row) : 0;

    /// <summary>Gets the elements of an array; none for every other kind.</summary>
    public JsonElements Elements => Kind == JsonValueKind.Array ? new(_tree, _row) : default;

    /// <summary>
    /// Gets the members of an object in document order, with decoded names; none for every other kind.
    /// </summary>
    public IEnumerable<KeyValuePair<string, JsonValue>> Members
    {
        get
        {
            if (Kind != JsonValueKind.Object)
            {
                yield break;
            }

            for (var row = _row + 1; row < _tree!.Row(_row).Next; row = _tree.Row(row + 1).Next)
            {
                yield return new(RecurringTexts.Decode(_tree.Bytes(row)[1..^1]), new JsonValue(_tree, row + 1));
            }
        }
    }

    /// <summary>Gets the element at a position; undefined if there is none.</summary>
    /// <param name="index">The position, from 0.</param>
    public JsonValue this[int index]
    {
        get
        {
            if (Kind == JsonValueKind.Array && index >= 0)
            {
                var end = _tree!.Row(_row).Next;
                for (var row = _row + 1; row < end; row = _tree.Row(row).Next)
                {
                    if (index-- == 0)
                    {
                        return new JsonValue(_tree, row);
                    }
                }
            }

            return default;
        }
    }

    /// <summary>
    /// Gets the member with a name, the last one where a document repeats it; undefined if there is none.
    /// </summary>
    /// <param name="name">The member's name.</param>
    public JsonValue this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return Kind == JsonValueKind.Object && _tree!.Member(_row, name) is var row and >= 0
                ? new JsonValue(_tree, row)
                : default;
        }
    }

    /// <summary>Reads a JSON text.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <returns>The value; undefined when the bytes are not exactly one JSON value.</returns>
    public static JsonValue ParseOrUndefined(ReadOnlyMemory<byte> utf8) => ParseOrUndefined(utf8, 0);

    /// <summary>
    /// Reads a JSON text that starts at an offset; undefined if what stands from there is not exactly one JSON value.
    /// </summary>
    internal static JsonValue ParseOrUndefined(ReadOnlyMemory<byte> document, int start)
    {
        try
        {
            return JsonTree.Parse(document, start, document.Length - start).Root;
        }
        catch (JsonTextException)
        {
            return default;
        }
    }

    /// <summary>
    /// Returns the text of a string, nothing for an undefined value, and the JSON as written for all else.
    /// </summary>
    public override string ToString() => Text ?? Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>
    /// Returns the value as JSON without white space between tokens; strings and numbers stay as written.
    /// </summary>
    public string ToCompactJson() => JsonText.Minify(Utf8.Span);

    private object Number()
    {
        var text = _tree!.Bytes(_row);
        if (text.IndexOfAny(".eE"u8) >= 0)
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return WholeNumber is { } whole
            ? (object)whole
            : BigInteger.Parse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture);
    }

    /// <summary>Returns whether two values are at the same place in the same document.</summary>
    /// <param name="other">The value to compare with.</param>
    public bool Equals(JsonValue other) => ReferenceEquals(_tree, other._tree) && _row == other._row;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_tree, _row);

    /// <summary>Returns whether two values are at the same place in the same document.</summary>
    public static bool operator ==(JsonValue left, JsonValue right) => left.Equals(right);

    /// <summary>Returns whether two values are at different places.</summary>
    public static bool operator !=(JsonValue left, JsonValue right) => !left.Equals(right);
}
