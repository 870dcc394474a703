using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents the members of a JSON object as .NET objects, in document order. It is read-only and reads the values in
/// place. A lookup that finds no member is repeated ignoring case, as PowerShell users expect.
/// </summary>
/// <remarks>
/// As an <see cref="IDictionary"/> it works like a hashtable in PowerShell: <c>$body.messages[-1].content</c>, member
/// completion and <c>ConvertTo-Json</c>.
/// </remarks>
public sealed class JsonDictionary : IReadOnlyDictionary<string, object?>, IDictionary
{
    private readonly JsonValue _value;
    private Dictionary<string, JsonValue>? _members;

    internal JsonDictionary(JsonValue value) => _value = value;

    /// <summary>Gets the number of members.</summary>
    public int Count => Members.Count;

    /// <summary>Gets the names of the members.</summary>
    public IEnumerable<string> Keys => Members.Keys;

    /// <summary>Gets the values of the members.</summary>
    public IEnumerable<object?> Values => Members.Values.Select(value => value.Value);

    bool IDictionary.IsFixedSize => true;

    bool IDictionary.IsReadOnly => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    ICollection IDictionary.Keys => Members.Keys.ToArray();

    ICollection IDictionary.Values => Values.ToArray();

    /// <summary>Gets the values by name; a repeated name has its last value at its first position.</summary>
    private Dictionary<string, JsonValue> Members => _members ??= Read();

    /// <summary>Gets the value of a member; null if there is none.</summary>
    /// <param name="key">The member's name.</param>
    public object? this[string key] => TryGetValue(key, out var value) ? value : null;

    object? IDictionary.this[object key]
    {
        get => key is string name ? this[name] : null;
        set => throw ReadOnly();
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Find(key).Exists;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = Find(key);
        value = found.Value;
        return found.Exists;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Members.Select(member => KeyValuePair.Create(member.Key, member.Value.Value)).GetEnumerator();

    /// <summary>Returns the object as JSON, as written.</summary>
    public override string ToString() => _value.ToString();

    /// <summary>
    /// Returns what the views of PowerShell show: members of a type of their own, which is shown without the control
    /// characters of recorded texts.
    /// </summary>
    IEnumerator IEnumerable.GetEnumerator() =>
        Members.Select(member => new JsonMember(member.Key, member.Value.Value)).GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator() => new Enumerator(Members.GetEnumerator());

    bool IDictionary.Contains(object key) => key is string name && ContainsKey(name);

    void IDictionary.Add(object key, object? value) => throw ReadOnly();

    void IDictionary.Clear() => throw ReadOnly();

    void IDictionary.Remove(object key) => throw ReadOnly();

    void ICollection.CopyTo(Array array, int index)
    {
        foreach (var (name, value) in Members)
        {
            array.SetValue(new DictionaryEntry(name, value.Value), index++);
        }
    }

    private static NotSupportedException ReadOnly() => new("Recorded values are read-only.");

    private JsonValue Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Members.TryGetValue(key, out var exact)
            ? exact
            : Members.FirstOrDefault(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private Dictionary<string, JsonValue> Read()
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (name, value) in _value.Kind == JsonValueKind.Object ? _value.Members : [])
        {
            members[name] = value;
        }

        return members;
    }

    private sealed class Enumerator(IEnumerator<KeyValuePair<string, JsonValue>> members) : IDictionaryEnumerator
    {
        public DictionaryEntry Entry => new(Key, Value);

        public object Key => members.Current.Key;

        public object? Value => members.Current.Value.Value;

        public object Current => Entry;

        public bool MoveNext() => members.MoveNext();

        public void Reset() => members.Reset();
    }
}
