using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Formats.Har;

/// <summary>
/// Computes the id under which Polly.js looks for an entry: the MD5 hash of the method, the URL and the body of the
/// request. It is the id for <c>matchRequestsBy: { headers: false }</c>, because another program sends other headers.
/// </summary>
internal static class PollyId
{
    /// <summary>Returns the id of an exchange.</summary>
    public static string Of(ExchangeDraft exchange)
    {
        var identity = new StringBuilder("{");
        if (exchange.RequestBody is { IsEmpty: false } body)
        {
            identity.Append("\"body\":");
            WriteString(identity, Encoding.UTF8.GetString(body.Bytes.Span));
            identity.Append(',');
        }

        identity.Append("\"method\":");
        WriteString(identity, exchange.Method.ToUpperInvariant());
        identity.Append(",\"url\":");
        WriteString(identity, Normalize(exchange.Url));
        identity.Append('}');
#pragma warning disable CA5351 // The hash is a name that another program computes in the same way, and protects nothing.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(identity.ToString())));
#pragma warning restore CA5351
    }

    /// <summary>Returns a URL without its fragment, with the parameters of the query in the order of their names.</summary>
    private static string Normalize(string url)
    {
        var parts = url.Split('#')[0].Split('?', 2);
        if (parts is not [var address, var query])
        {
            return parts[0];
        }

        var fields = query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2).Select(Encode).ToArray())
            .OrderBy(field => field[0], StringComparer.Ordinal);
        return $"{address}?{string.Join('&', fields.Select(field => string.Join('=', field)))}";
    }

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));

    /// <summary>Writes a text as JavaScript does: with no more escapes than JSON needs.</summary>
    private static void WriteString(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => output.Append(unit),
            };
        }

        output.Append('"');
    }
}
