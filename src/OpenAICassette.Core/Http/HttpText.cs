using System.Buffers;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>Classifies characters of HTTP (RFC 9110, section 5.6; RFC 3986).</summary>
internal static class HttpText
{
    private static readonly SearchValues<byte> s_token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_host = SearchValues.Create(
        "-._~%!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_ipv6 = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>All visible characters except the start of a fragment, which is never sent.</summary>
    private static readonly SearchValues<byte> s_target = SearchValues.Create([
        .. Enumerable.Range(0x21, 0x7F - 0x21).Where(code => code != '#').Select(code => (byte)code),
    ]);

    private static readonly SearchValues<byte> s_value = SearchValues.Create([
        (byte)'\t',
        .. Enumerable.Range(0x20, 0x100 - 0x20).Where(code => code != 0x7F).Select(code => (byte)code),
    ]);

    /// <summary>Returns whether text is a token, such as a method or a field name.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_token);

    /// <summary>Returns whether text can be the target of a request.</summary>
    public static bool IsTarget(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_target);

    /// <summary>Returns whether text can be the value of a field: it has no control characters except tabs.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(s_value);

    /// <summary>Returns text without leading and trailing spaces and tabs.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>Returns whether text is a word of the protocol, in any case.</summary>
    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    /// <summary>Removes the next element from a comma-separated list; empty elements are skipped.</summary>
    /// <param name="list">The rest of the list.</param>
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

    /// <summary>Returns the host of <c>host[:port]</c>; an IPv6 address keeps its brackets.</summary>
    /// <param name="authority">The value of a Host field, or that part of a target.</param>
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
