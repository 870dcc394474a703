using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>Counts the messages of a list without reading what they say, but for those that it begins with.</summary>
/// <param name="Count">The number of messages.</param>
/// <param name="Opening">The messages to the first one of the user.</param>
internal readonly record struct MessageTally(int Count, IReadOnlyList<Message> Opening)
{
    /// <summary>Counts the messages of a list in JSON.</summary>
    public static MessageTally Of(ReadOnlyMemory<byte> list)
    {
        var opening = new List<Message>();
        try
        {
            var scanner = new JsonScanner(list.Span);
            if (scanner.Read() && scanner.TokenType == JsonTokenType.StartArray)
            {
                return new(CountIn(ref scanner, list, opening), opening);
            }
        }
        catch (JsonTextException)
        {
            opening.Clear();
        }

        opening.AddRange(TracedMessages.Read(JsonValue.ParseOrUndefined(list)));
        return new(opening.Count, opening);
    }

    private static int CountIn(ref JsonScanner scanner, ReadOnlyMemory<byte> list, List<Message> opening)
    {
        var count = 0;
        var isOpened = false;
        while (scanner.Read() && scanner.TokenType != JsonTokenType.EndArray)
        {
            var start = scanner.TokenStart;
            var known = scanner.TokenType == JsonTokenType.StartObject ? CountOf(ref scanner) : null;
            if (known is null || !isOpened)
            {
                var end = scanner.TokenStart + scanner.TokenLength;
                var messages = TracedMessages.Read(JsonValue.ParseOrUndefined(list[start..end]));
                count += messages.Count;
                if (!isOpened)
                {
                    opening.AddRange(messages);
                    isOpened = messages.Exists(message => message.Role == "user");
                }
            }
            else
            {
                count += known.Value;
            }
        }

        return count;
    }

    /// <summary>Returns how many messages one with typed parts is; null for a message of another form.</summary>
    private static int? CountOf(ref JsonScanner scanner)
    {
        int? count = null;
        while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
        {
            var isParts = scanner.Value.SequenceEqual("parts"u8);
            scanner.Read();
            if (isParts && scanner.TokenType == JsonTokenType.StartArray)
            {
                count = CountParts(ref scanner);
            }
            else
            {
                scanner.Skip();
            }
        }

        return count;
    }

    private static int? CountParts(ref JsonScanner scanner)
    {
        var (results, others, isTyped) = (0, 0, true);
        while (scanner.Read() && scanner.TokenType != JsonTokenType.EndArray)
        {
            var isResult = false;
            var isKnown = false;
            if (scanner.TokenType != JsonTokenType.StartObject)
            {
                scanner.Skip();
                isTyped = false;
                continue;
            }

            while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
            {
                var isType = scanner.Value.SequenceEqual("type"u8);
                scanner.Read();
                if (isType)
                {
                    isKnown = true;
                    isResult =
                        scanner.Value.SequenceEqual("tool_call_response"u8)
                        || scanner.Value.SequenceEqual("function_result"u8);
                }

                scanner.Skip();
            }

            isTyped &= isKnown;
            results += isResult ? 1 : 0;
            others += isResult ? 0 : 1;
        }

        return !isTyped ? null
            : others > 0 || results == 0 ? results + 1
            : results;
    }
}
