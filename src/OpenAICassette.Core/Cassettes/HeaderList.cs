using System.Collections;

namespace OpenAICassette;

/// <summary>
/// Represents a header field as recorded. Names keep their case; comparisons ignore it (RFC 9110, section 5.1).
/// </summary>
/// <param name="Name">The field's name.</param>
/// <param name="Value">The field's value.</param>
public readonly record struct HeaderField(string Name, string Value)
{
    /// <summary>Returns the field as it stands in an HTTP/1.1 message.</summary>
    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>
/// Represents the header fields of a message in the order in which they were recorded. A name may occur more than once.
/// </summary>
public sealed class HeaderList : IReadOnlyList<HeaderField>
{
    private readonly HeaderField[] _fields;

    /// <summary>Creates a list.</summary>
    /// <param name="fields">The fields, in order.</param>
    public HeaderList(IEnumerable<HeaderField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = [.. fields];
    }

    /// <summary>Gets the list without fields.</summary>
    public static HeaderList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public HeaderField this[int index] => _fields[index];

    /// <summary>Gets the value of the first field with a name; null if there is none.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? this[string name] => Values(name).FirstOrDefault();

    /// <summary>Returns the values of all fields with a name, in order.</summary>
    /// <param name="name">The name, in any case.</param>
    public IEnumerable<string> Values(string name) =>
        _fields
            .Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(field => field.Value);

    /// <inheritdoc/>
    public IEnumerator<HeaderField> GetEnumerator() => ((IEnumerable<HeaderField>)_fields).GetEnumerator();

    /// <summary>Returns the fields, one per line.</summary>
    public override string ToString() => string.Join('\n', _fields);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
