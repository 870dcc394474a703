using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>A value or a member's name in a JSON text, with the place of its bytes.</summary>
/// <param name="Name">The name of the member that it is, or of the nearest one above it.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Type">What it is; of an object or array the token that opens it.</param>
/// <param name="Depth">In how many objects and arrays it is.</param>
/// <param name="ValueEnd">Of a member's name, the byte after the member's value.</param>
internal sealed record JsonSpan(string Name, int Start, int End, JsonTokenType Type, int Depth, int ValueEnd)
{
    /// <summary>The last one of each name and type, which is in the response where both sides have it.</summary>
    public static IEnumerable<JsonSpan> OfEachKind(byte[] json, Predicate<JsonSpan> isWanted) =>
        Of(json).Where(span => isWanted(span)).GroupBy(span => (span.Name, span.Type)).Select(kind => kind.Last());

    /// <summary>The text with other bytes in the place of the span's.</summary>
    public (string What, byte[] Bytes) Replaced(byte[] json, string replacement) =>
        (
            $"{Name} at {Start} is {(replacement.Length > 50 ? replacement[..50] : replacement)}",
            [.. json.AsSpan(0, Start), .. Encoding.UTF8.GetBytes(replacement), .. json.AsSpan(End)]
        );

    private static List<JsonSpan> Of(byte[] json)
    {
        var spans = new List<JsonSpan>();
        var open = new Stack<int>();
        var member = -1;
        var names = new Stack<string>([""]);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                var opened = open.Pop();
                names.Pop();
                spans[opened] = spans[opened] with { End = end };
                EndMember(spans, opened - 1, end);
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                member = spans.Count;
                spans.Add(new(reader.GetString()!, start, end - 1, reader.TokenType, reader.CurrentDepth, 0));
                continue;
            }

            var name = member == spans.Count - 1 && member >= 0 ? spans[member].Name : names.Peek();
            spans.Add(new(name, start, end, reader.TokenType, reader.CurrentDepth, 0));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push(spans.Count - 1);
                names.Push(name);
            }
            else
            {
                EndMember(spans, spans.Count - 2, end);
            }
        }

        return
        [
            .. spans.Select(span =>
                span.Type == JsonTokenType.PropertyName
                    ? span with
                    {
                        End = span.Start + json.AsSpan(span.Start + 1).IndexOf((byte)'"') + 2,
                    }
                    : span
            ),
        ];
    }

    private static void EndMember(List<JsonSpan> spans, int index, int end)
    {
        if (index >= 0 && spans[index].Type == JsonTokenType.PropertyName)
        {
            spans[index] = spans[index] with { ValueEnd = end };
        }
    }
}
