using System.Buffers;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>The character classes of HTTP (RFC 9110, section 5.6; RFC 3986).</summary>
internal static class HttpText
{
    private static readonly SearchValues<byte> s_token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_host = SearchValues.Create(
        "-._~%!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_ipv6 = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>
    /// All that is visible but the start of a fragment, which is never sent. Stricter than needed helps nobody here.
    /// </summary>
    private static readonly SearchValues<byte> s_target = SearchValues.Create([
        .. Enumerable.Range(0x21, 0x7F - 0x21).Where(code => code != '#').Select(code => (byte)code),
    ]);

    private static readonly SearchValues<byte> s_value = SearchValues.Create([
        (byte)'\t',
        .. Enumerable.Range(0x20, 0x100 - 0x20).Where(code => code != 0x7F).Select(code => (byte)code),
    ]);

    /// <summary>Whether text is a token: a method, a field's name.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_token);

    /// <summary>Whether text may be a request's target.</summary>
    public static bool IsTarget(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_target);

    /// <summary>Whether text may be a field's value: no control characters but the tab.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(s_value);

    /// <summary>Text without the spaces and tabs around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>Whether text is a word of the protocol, in whatever case.</summary>
    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    /// <summary>Takes the next element off a comma-separated list; empty elements are left out.</summary>
    /// <param name="list">What is left of the list.</param>
    /// <param name="element">The element.</param>
    public static bool TryTakeElement(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        do
        {
            var comma = list.IndexOf((byte)',');
            element = Trim(comma < 0 ? list : list[..comma]);
            list = comma < 0 ? default : list[(comma + 1)..];
        } while (element.IsEmpty && !list.IsEmpty);
        return !element.IsEmpty;
    }

    /// <summary>Takes the host out of <c>host[:port]</c>; an IPv6 address keeps its brackets.</summary>
    /// <param name="authority">A Host field's value, or that part of a target.</param>
    /// <param name="host">The host.</param>
    public static bool TryGetHost(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host)
    {
        var isLiteral = authority.StartsWith("["u8);
        var end = isLiteral ? authority.IndexOf((byte)']') + 1 : authority.IndexOf((byte)':');
        host = end < 0 ? authority : authority[..end];
        var rest = authority[host.Length..];
        var isHost = isLiteral ? IPv6(host) : !host.IsEmpty && !host.ContainsAnyExcept(s_host);
        return isHost && (rest.IsEmpty || IsPort(rest));
    }

    private static bool IPv6(ReadOnlySpan<byte> host) => host.Length > 2 && !host[1..^1].ContainsAnyExcept(s_ipv6);

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text[0] == ':'
        && text.Length <= 6
        && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && (
            text.Length == 1
            || int.Parse(text[1..], System.Globalization.CultureInfo.InvariantCulture) <= ushort.MaxValue
        );
}
