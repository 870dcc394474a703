using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Determines from a file's beginning whether it is a recording.</summary>
internal static class RecordingProbe
{
    /// <summary>
    /// Returns <see cref="FormatMatch.Certain"/> for a request with both a target and an endpoint, which only this
    /// recorder writes, and <see cref="FormatMatch.Likely"/> for one member of a recording's own. Other programs call
    /// their members "request" and "response" too; only reading the whole file tells those apart.
    /// </summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    public static FormatMatch Match(ReadOnlySpan<byte> head)
    {
        var text = head[JsonText.MarkLength(head)..];
        var first = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (first >= 0 && text[first] != '{')
        {
            // Most other files, which to read would take an exception.
            return FormatMatch.No;
        }

        var scanner = new JsonScanner(text);
        var match = FormatMatch.No;
        try
        {
            if (!scanner.Read() || scanner.TokenType != JsonTokenType.StartObject)
            {
                return FormatMatch.No;
            }

            var isEnough = false;
            while (!isEnough && scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
            {
                var isRequest = scanner.Value.SequenceEqual("request"u8);
                if (isRequest || scanner.Value.SequenceEqual("response"u8))
                {
                    ReadMessage(ref scanner, isRequest, ref match);
                    isEnough = match >= FormatMatch.Likely;
                    continue;
                }

                match = scanner.Value.SequenceEqual("test_id"u8) ? FormatMatch.Likely : match;
                scanner.Read();
                scanner.Skip();
            }

            return match;
        }
        catch (JsonTextException e)
        {
            return e.IsEnd && head.Length > 0 && match == FormatMatch.No ? FormatMatch.Possible : match;
        }
    }

    /// <summary>Reads a request or a response until what is known is certain.</summary>
    private static void ReadMessage(ref JsonScanner scanner, bool isRequest, ref FormatMatch match)
    {
        match = match == FormatMatch.No ? FormatMatch.Possible : match;
        scanner.Read();
        if (scanner.TokenType != JsonTokenType.StartObject)
        {
            scanner.Skip();
            return;
        }

        var (hasTarget, hasEndpoint) = (false, false);
        while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
        {
            hasEndpoint |= isRequest && scanner.Value.SequenceEqual("endpoint"u8);
            hasTarget |= isRequest ? IsTarget(scanner.Value) : scanner.Value.SequenceEqual("is_streaming"u8);
            if (hasTarget || hasEndpoint)
            {
                match = hasTarget && hasEndpoint ? FormatMatch.Certain : FormatMatch.Likely;
            }

            if (match == FormatMatch.Certain || (match == FormatMatch.Likely && !isRequest))
            {
                return;
            }

            scanner.Read();
            scanner.Skip();
        }
    }

    private static bool IsTarget(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("url"u8) || name.SequenceEqual("tool_name"u8) || name.SequenceEqual("api"u8);
}
