using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Server;

/// <summary>
/// Leads the addresses of a service in JSON to this server, piece by piece as the JSON arrives. Only values of members
/// that are there to be followed count, such as <c>results_url</c>: an address in a text stays as it is.
/// </summary>
internal sealed class BodyLinks
{
    /// <summary>How many bytes before an address are looked at for the name of its member.</summary>
    private const int Context = 96;

    private static readonly string[] s_ends = ["url", "href", "location"];

    private static readonly string[] s_names = ["next", "previous", "prev", "first", "last", "self", "get", "cancel"];

    private readonly (byte[] Service, byte[] Self)[] _forms;
    private byte[] _before = [];
    private byte[] _held = [];

    /// <summary>Prepares to read a body.</summary>
    /// <param name="service">The origin of the service.</param>
    /// <param name="self">The origin of this server.</param>
    public BodyLinks(string service, string self)
    {
        _forms = [Form($"\"{service}/", $"\"{self}/"), Form($"\"{Escaped(service)}\\/", $"\"{Escaped(self)}\\/")];
    }

    /// <summary>Returns a whole body.</summary>
    public static ReadOnlyMemory<byte> Lead(ReadOnlyMemory<byte> body, string service, string self) =>
        new BodyLinks(service, self).Next(body, isLast: true);

    /// <summary>Returns the next piece of the body, without an end that may be the beginning of an address.</summary>
    /// <param name="piece">The piece as it arrived.</param>
    /// <param name="isLast">True to return the rest.</param>
    public ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> piece, bool isLast = false)
    {
        byte[] bytes = [.. _before, .. _held, .. piece.Span];
        var start = _before.Length;
        var held = isLast ? 0 : _forms.Max(form => BytePatterns.BeginningAtEnd(bytes.AsSpan(start), form.Service));
        var end = bytes.Length - held;
        var result = new ByteBuilder(bytes.Length + 64);
        for (var at = start; at < end; )
        {
            var (found, form) = Find(bytes.AsSpan(0, end), at);
            result.Append(bytes.AsSpan(at, found - at));
            at = found;
            if (form is var (service, self))
            {
                result.Append(IsFollowed(bytes.AsSpan(0, found)) ? self : service);
                at += service.Length;
            }
        }

        _held = bytes[end..];
        _before = bytes[Math.Max(0, end - Context)..end];
        return result.Memory;
    }

    private static (byte[] Service, byte[] Self) Form(string service, string self) =>
        (Encoding.UTF8.GetBytes(service), Encoding.UTF8.GetBytes(self));

    private static string Escaped(string origin) => origin.Replace("/", "\\/", StringComparison.Ordinal);

    /// <summary>Returns where the next address begins, and its form; the end if there is none.</summary>
    private (int At, (byte[] Service, byte[] Self)? Form) Find(ReadOnlySpan<byte> bytes, int from)
    {
        (int At, (byte[], byte[])? Form) first = (bytes.Length, null);
        foreach (var form in _forms)
        {
            var at = bytes[from..].IndexOf(form.Service);
            first = at >= 0 && from + at < first.At ? (from + at, form) : first;
        }

        return first;
    }

    /// <summary>Returns whether the bytes end with the name of a member whose value is there to be followed.</summary>
    private static bool IsFollowed(ReadOnlySpan<byte> before)
    {
        var head = before[^Math.Min(before.Length, Context)..].TrimEnd(" \r\n\t"u8);
        if (!head.EndsWith(":"u8))
        {
            return false;
        }

        head = head[..^1].TrimEnd(" \r\n\t"u8);
        if (!head.EndsWith("\""u8))
        {
            return false;
        }

        head = head[..^1];
        var name = Encoding.UTF8.GetString(head[(head.LastIndexOf((byte)'"') + 1)..]);
        return Array.Exists(s_ends, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            || s_names.Contains(name);
    }
}
