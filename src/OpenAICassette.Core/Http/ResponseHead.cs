using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>Writes an answer's status line and header fields.</summary>
internal static class ResponseHead
{
    /// <summary>Writes the fields that the server sets itself: framing, connection and CORS.</summary>
    private const int LongestReason = 300;

    private static readonly HashSet<string> s_own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "Trailer",
        "Upgrade",
        "Proxy-Connection",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers",
    };

    /// <summary>Returns whether an answer with a status can have a body.</summary>
    /// <param name="status">The status.</param>
    public static bool AllowsBody(int status) => status is not (204 or 304);

    /// <summary>
    /// Writes the status line and the fields, without those of the framing and without the blank line.
    /// </summary>
    /// <param name="to">The buffer.</param>
    /// <param name="status">The status, which must be final: 200 or above.</param>
    /// <param name="headers">The fields; those that the server sets itself are left out.</param>
    /// <param name="reason">What the line says beside the status; null for the usual phrase.</param>
    /// <returns>True if the Date field is among them.</returns>
    /// <exception cref="ArgumentException">The status is not final, or a field is invalid.</exception>
    public static bool Write(
        ByteBuilder to,
        int status,
        IEnumerable<KeyValuePair<string, string>> headers,
        string? reason = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 999);
        Append(
            to,
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status} {(reason is null ? Reason(status) : Phrase(reason))}\r\n"
            )
        );
        var hasDate = false;
        foreach (var (name, value) in headers)
        {
            if (!s_own.Contains(name))
            {
                WriteField(to, name, value);
                hasDate |= name.Equals(DateField.Name, StringComparison.OrdinalIgnoreCase);
            }
        }

        return hasDate;
    }

    /// <summary>Writes a field.</summary>
    /// <param name="to">The buffer.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">
    /// The value, written in Latin-1 as it is received, or in UTF-8 if it has other characters.
    /// </param>
    /// <exception cref="ArgumentException">The name is not valid, or the value would break the line.</exception>
    public static void WriteField(ByteBuilder to, string name, string value)
    {
        var valueBytes = (
            value.AsSpan().ContainsAnyExceptInRange('\0', 'ÿ') ? Encoding.UTF8 : Encoding.Latin1
        ).GetBytes(value);
        if (!HttpText.IsToken(Encoding.UTF8.GetBytes(name)) || !HttpText.IsValue(valueBytes))
        {
            throw new ArgumentException(
                $"the header field '{name}' cannot be sent: "
                    + "its name or value contains characters that HTTP does not allow"
            );
        }

        Append(to, name);
        to.Append(": "u8);
        to.Append(valueBytes);
        to.Append("\r\n"u8);
    }

    private static void Append(ByteBuilder to, string text) => to.Append(Encoding.ASCII.GetBytes(text));

    /// <summary>Returns a text as the reason of a status: one short line of ASCII (RFC 9112, section 4).</summary>
    public static string Phrase(string text)
    {
        var phrase = string.Concat(
            text.Take(LongestReason).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')
        );
        return text.Length > LongestReason ? $"{phrase}..." : phrase;
    }

    private static string Reason(int status) =>
        status switch
        {
            200 => "OK",
            201 => "Created",
            202 => "Accepted",
            204 => "No Content",
            206 => "Partial Content",
            301 => "Moved Permanently",
            302 => "Found",
            303 => "See Other",
            304 => "Not Modified",
            307 => "Temporary Redirect",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            401 => "Unauthorized",
            402 => "Payment Required",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            406 => "Not Acceptable",
            407 => "Proxy Authentication Required",
            408 => "Request Timeout",
            409 => "Conflict",
            410 => "Gone",
            411 => "Length Required",
            412 => "Precondition Failed",
            413 => "Content Too Large",
            414 => "URI Too Long",
            415 => "Unsupported Media Type",
            417 => "Expectation Failed",
            421 => "Misdirected Request",
            422 => "Unprocessable Content",
            424 => "Failed Dependency",
            429 => "Too Many Requests",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            505 => "HTTP Version Not Supported",
            529 => "Site is overloaded",
            _ => string.Empty,
        };
}
