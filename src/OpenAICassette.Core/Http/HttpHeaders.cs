using System.Collections;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Represents the header fields of a request in the order sent, found by name in any case. They stay bytes until their
/// text is requested. Names are as sent; values are decoded as Latin-1, so that no byte is lost.
/// </summary>
internal sealed class HttpHeaders : IReadOnlyList<KeyValuePair<string, string>>
{
    private const int MaxCount = 128;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_names = CommonNames()
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly List<Field> _fields = new(16);
    private ReadOnlyMemory<byte> _head;

    /// <summary>Gets the number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>Gets a field by its position.</summary>
    /// <param name="index">The position, from 0.</param>
    public KeyValuePair<string, string> this[int index] => new(Name(_fields[index]), Text(_fields[index]));

    /// <summary>
    /// Gets the value of a field, with several of the same name joined by commas; null if there is none.
    /// </summary>
    /// <param name="name">The name.</param>
    public string? this[string name]
    {
        get
        {
            string? value = null;
            foreach (var field in _fields)
            {
                if (IsNamed(field, name))
                {
                    value = value is null ? Text(field) : $"{value}, {Text(field)}";
                }
            }

            return value;
        }
    }

    /// <summary>
    /// Returns the value of the first field with a name as sent, without a copy; empty if there is none.
    /// </summary>
    /// <param name="name">The name.</param>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        foreach (var field in _fields)
        {
            if (IsNamed(field, name))
            {
                return Value(field);
            }
        }

        return default;
    }

    /// <summary>Returns the fields with names that are wanted; the texts of all others are not read.</summary>
    /// <param name="isWanted">Returns whether a name is wanted.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Named(Predicate<string> isWanted)
    {
        List<KeyValuePair<string, string>>? found = null;
        foreach (var field in _fields)
        {
            if (Name(field) is var name && isWanted(name))
            {
                (found ??= []).Add(new(name, Text(field)));
            }
        }

        return found ?? (IReadOnlyList<KeyValuePair<string, string>>)[];
    }

    /// <summary>Returns whether there is a field with a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name)
    {
        foreach (var field in _fields)
        {
            if (IsNamed(field, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns which field of those that the server understands this is.</summary>
    internal KnownHeader Known(int index) => _fields[index].Known;

    /// <summary>Returns the value of a field as sent.</summary>
    internal ReadOnlySpan<byte> Bytes(int index) => Value(_fields[index]);

    internal void Clear() => _fields.Clear();

    /// <summary>Adds a field by the positions of its parts in the head.</summary>
    internal void Add(ReadOnlySpan<byte> head, Range name, Range value)
    {
        if (Count == MaxCount)
        {
            throw new BadRequestException(431, $"the request has more than {MaxCount} header fields");
        }

        _fields.Add(new Field(name, value, Recognise(head[name])));
    }

    /// <summary>Sets the memory of the head, which can move while more of the request arrives.</summary>
    internal void Bind(ReadOnlyMemory<byte> head) => _head = head;

    private static KnownHeader Recognise(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            4 when HttpText.Is(name, "host"u8) => KnownHeader.Host,
            6 when HttpText.Is(name, "expect"u8) => KnownHeader.Expect,
            10 when HttpText.Is(name, "connection"u8) => KnownHeader.Connection,
            14 when HttpText.Is(name, "content-length"u8) => KnownHeader.ContentLength,
            16 when HttpText.Is(name, "content-encoding"u8) => KnownHeader.ContentEncoding,
            17 when HttpText.Is(name, "transfer-encoding"u8) => KnownHeader.TransferEncoding,
            19 when HttpText.Is(name, "proxy-authorization"u8) => KnownHeader.ProxyAuthorization,
            14 when HttpText.Is(name, "content_length"u8) => KnownHeader.Ambiguous,
            17 when HttpText.Is(name, "transfer_encoding"u8) => KnownHeader.Ambiguous,
            _ => KnownHeader.None,
        };

    /// <summary>Names that clients of such APIs send, in the spellings of HTTP/1.1 and HTTP/2 libraries.</summary>
    private static HashSet<string> CommonNames()
    {
        string[] names =
        [
            "Host",
            "Connection",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "User-Agent",
            "Content-Type",
            "Content-Length",
            "Content-Encoding",
            "Transfer-Encoding",
            "Expect",
            "Origin",
            "Referer",
            "Cookie",
            "Cache-Control",
            "Traceparent",
            "Idempotency-Key",
            "Api-Key",
            "X-Api-Key",
            "Anthropic-Version",
            "Anthropic-Beta",
            "OpenAI-Organization",
            "OpenAI-Project",
            "X-Request-Id",
            "X-Stainless-Lang",
            "X-Stainless-OS",
            "X-Stainless-Arch",
            "X-Stainless-Runtime",
            "X-Stainless-Runtime-Version",
            "X-Stainless-Async",
            "X-Stainless-Package-Version",
            "X-Stainless-Retry-Count",
            "X-Stainless-Timeout",
            "X-Stainless-Read-Timeout",
        ];
        return [.. names, .. names.Select(name => name.ToLowerInvariant())];
    }

    private bool IsNamed(Field field, string name) =>
        field.Name.End.Value - field.Name.Start.Value == name.Length
        && Ascii.EqualsIgnoreCase(_head.Span[field.Name], name);

    private ReadOnlySpan<byte> Value(Field field) => _head.Span[field.Value];

    private string Text(Field field) => Encoding.Latin1.GetString(Value(field));

    private string Name(Field field)
    {
        var bytes = _head.Span[field.Name];
        Span<char> text = stackalloc char[64];
        return
            bytes.Length <= text.Length
            && s_names.TryGetValue(text[..Encoding.Latin1.GetChars(bytes, text)], out var common)
            ? common
            : Encoding.Latin1.GetString(bytes);
    }

    private readonly record struct Field(Range Name, Range Value, KnownHeader Known);
}
