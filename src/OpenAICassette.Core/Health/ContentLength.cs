using System.Globalization;

namespace OpenAICassette.Health;

/// <summary>
/// Compares the Content-Length with the bytes that are kept, where the header is about these: not of a body that was
/// decoded, and not of one that was only laid out anew.
/// </summary>
internal static class ContentLength
{
    /// <summary>Returns what is wrong; null if nothing is.</summary>
    public static string? Check(string side, Body body, HeaderList headers)
    {
        var isDecoded =
            headers["transfer-encoding"] is not null
            || (headers["content-encoding"] is { Length: > 0 } coding && coding != "identity" && body.Coding is null);
        if (
            isDecoded
            || !long.TryParse(headers["content-length"], NumberStyles.None, CultureInfo.InvariantCulture, out var said)
        )
        {
            return null;
        }

        var kept = body.Recorded.Length;

        // Recorders that write YAML by hand end a body with a line end.
        var isSame = said == kept || said == body.Bytes.Length || said == body.Bytes.Span.TrimEnd("\r\n"u8).Length;
        return isSame || (body.Json.Exists && JsonLengths.Includes(body.Bytes.Span, said))
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the Content-Length of the {side} is {said}, but the body has {kept} bytes"
            );
    }
}
