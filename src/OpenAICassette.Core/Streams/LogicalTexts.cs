using System.Text;
using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Streams;

/// <summary>
/// Puts together what a stream's chunks spell, whatever API they are from: strings that stand at the same place of each chunk are one
/// text. The place is the names above a string with the index that a choice, a tool call, a content part or an output item gives itself.
/// </summary>
internal static class LogicalTexts
{
    private static readonly HashSet<string> s_constant = new(StringComparer.Ordinal)
    {
        "id", "object", "model", "type", "role", "finish_reason", "stop_reason", "system_fingerprint", "service_tier", "obfuscation", "created_at", "item_id",
        "call_id", "event", "event_type", "status", "signature", "encrypted_content", "__type__", "response_id", "responseId", "modelVersion", "model_version",
        "thoughtSignature", "thought_signature", "done_reason", "finishReason", "previous_response_id",
    };

    /// <summary>True for a value that is a chunk of a stream by its members.</summary>
    public static bool IsChunk(JsonValue value)
    {
        var data = Data(value);
        var type = data["type"].Text;
        return data["choices"].Kind == JsonValueKind.Array || data["candidates"].Kind == JsonValueKind.Array || data["event_type"].Exists
            || (data["done"].Exists && (data["message"].Exists || data["response"].Exists))
            || (type is not null && (MessagesChunk.Has(type) || type.StartsWith("response.", StringComparison.Ordinal) || type.EndsWith("delta", StringComparison.Ordinal)));
    }

    /// <summary>The texts of which there is more than one piece.</summary>
    /// <param name="chunks">The chunks, in order.</param>
    public static IEnumerable<LogicalText> Of(IEnumerable<JsonValue> chunks)
    {
        var texts = new Dictionary<ulong, (List<JsonValue> Pieces, List<JsonValue> Tokens)>();
        var order = new List<ulong>();
        foreach (var chunk in chunks)
        {
            var data = Data(chunk);
            Walk(data, string.Empty, Place(Place(0, "type", data["type"]), "event_type", data["event_type"]), token: default);
        }

        return order.Where(place => texts[place].Pieces.Count > 1).Select(place => new LogicalText(texts[place].Pieces, texts[place].Tokens));

        void Walk(JsonValue value, string name, ulong place, JsonValue token)
        {
            switch (value.Kind)
            {
                case JsonValueKind.String when value.Length > 2 && !s_constant.Contains(name):
                    if (!texts.TryGetValue(place, out var text))
                    {
                        texts[place] = text = ([], []);
                        order.Add(place);
                    }

                    text.Pieces.Add(value);
                    if (token.Exists)
                    {
                        text.Tokens.Add(token);
                    }

                    break;
                case JsonValueKind.Object:
                    place = Indexes(value, place);
                    token = value["token"].Kind == JsonValueKind.String && value["logprob"].Exists ? value : default;
                    foreach (var (member, inner) in value.Members)
                    {
                        Walk(inner, member, Hash(place, member), member == "token" ? token : default);
                    }

                    break;
                case JsonValueKind.Array:
                    var index = 0;
                    foreach (var element in value.Elements)
                    {
                        // Tokens and parts follow each other in one text; alternatives and choices each have their own.
                        var isOwn = element.Kind == JsonValueKind.Object && name is not ("content" or "parts" or "refusal" or "tokens") && !element["index"].Exists;
                        Walk(element, name, isOwn ? Hash(place, (ulong)index) : place, token: default);
                        index++;
                    }

                    break;
            }
        }
    }

    /// <summary>The chunk itself, inside the label that a recorder gave it.</summary>
    private static JsonValue Data(JsonValue value) => value["__data__"] is { Exists: true } data && value["__type__"].Exists ? data : value;

    private static ulong Indexes(JsonValue value, ulong place)
    {
        foreach (var name in (ReadOnlySpan<string>)["index", "output_index", "content_index", "summary_index", "item_id", "thought"])
        {
            place = Place(place, name, value[name]);
        }

        return place;
    }

    private static ulong Place(ulong place, string name, JsonValue value) => value.HasValue ? Hash(Hash(place, name), Encoding.UTF8.GetString(value.Utf8.Span)) : place;

    private static ulong Hash(ulong place, ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            place = Hash(place, unit);
        }

        return Hash(place, (ulong)text.Length);
    }

    private static ulong Hash(ulong place, ulong value) => ((place ^ value) + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9 is var mixed ? mixed ^ (mixed >> 29) : 0;
}
