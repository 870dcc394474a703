using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Tells from a file's beginning whether it is a recording.</summary>
internal static class RecordingProbe
{
    /// <summary>
    /// Returns <see cref="FormatMatch.Likely"/> for a request or response that has a member of a recording's own. Other
    /// programs call their members "request" and "response" too; only reading the whole file tells those apart.
    /// </summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    public static FormatMatch Match(ReadOnlySpan<byte> head)
    {
        var scanner = new JsonScanner(head[JsonText.MarkLength(head)..]);
        var match = FormatMatch.No;
        try
        {
            if (!scanner.Read() || scanner.TokenType != JsonTokenType.StartObject)
            {
                return FormatMatch.No;
            }

            while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
            {
                if (scanner.Value.SequenceEqual("test_id"u8))
                {
                    return FormatMatch.Likely;
                }

                var isRequest = scanner.Value.SequenceEqual("request"u8);
                if (!isRequest && !scanner.Value.SequenceEqual("response"u8))
                {
                    scanner.Read();
                    scanner.Skip();
                    continue;
                }

                match = FormatMatch.Possible;
                if (HasOwnMember(ref scanner, isRequest))
                {
                    return FormatMatch.Likely;
                }
            }

            return match;
        }
        catch (JsonTextException e)
        {
            return e.IsEnd && head.Length > 0 ? FormatMatch.Possible : match;
        }
    }

    private static bool HasOwnMember(ref JsonScanner scanner, bool isRequest)
    {
        scanner.Read();
        if (scanner.TokenType != JsonTokenType.StartObject)
        {
            scanner.Skip();
            return false;
        }

        while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
        {
            if (isRequest ? IsTarget(scanner.Value) : scanner.Value.SequenceEqual("is_streaming"u8))
            {
                return true;
            }

            scanner.Read();
            scanner.Skip();
        }

        return false;
    }

    private static bool IsTarget(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("url"u8)
        || name.SequenceEqual("endpoint"u8)
        || name.SequenceEqual("tool_name"u8)
        || name.SequenceEqual("api"u8);
}
