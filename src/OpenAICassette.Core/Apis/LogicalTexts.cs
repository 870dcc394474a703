using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis;

/// <summary>
/// Puts together what a stream's chunks spell, whatever API they are from: strings that stand at the same place of each
/// chunk are one text. The place is the names above a string with the index that a choice, a tool call, a content part
/// or an output item gives itself.
/// </summary>
internal static class LogicalTexts
{
    private static readonly HashSet<ulong> s_constant = HashesOf([
        "id",
        "object",
        "model",
        "type",
        "role",
        "created_at",
        "event",
        "status",
        "signature",
        "__type__",
        .. ApiFamilies.Names(words => words.WholeTexts),
    ]);

    private static readonly HashSet<ulong> s_indexes = HashesOf([
        "index",
        .. ApiFamilies.Names(words => words.TextIndexes),
    ]);
    private static readonly HashSet<ulong> s_lists = HashesOf(["content", "parts", "refusal", "tokens"]);
    private static readonly ulong s_token = HashOf("token"u8);
    private static readonly ulong s_logprob = HashOf("logprob"u8);

    /// <summary>
    /// True for a value that may be a chunk of a stream by its members, those of an unknown API's deltas included.
    /// </summary>
    public static bool IsChunk(JsonValue value)
    {
        var data = Data(value);
        var type = data["type"].Text;
        return ApiFamilies.Of(data, type, out var shape) is null
            ? type?.EndsWith("delta", StringComparison.Ordinal) == true
            : shape is ResponseShape.Chunk or ResponseShape.Either;
    }

    /// <summary>Returns the texts of which there is more than one piece.</summary>
    /// <param name="chunks">The chunks, in order.</param>
    public static IEnumerable<LogicalText> Of(IEnumerable<JsonValue> chunks)
    {
        var texts = new OrderedDictionary<ulong, (List<JsonValue> Pieces, List<JsonValue> Tokens)>();
        foreach (var chunk in chunks)
        {
            var data = Data(chunk);
            Walk(texts, data.Tree, data.Row, 0, Mix(PlaceOf(data["type"]), PlaceOf(data["event_type"])), token: -1);
        }

        return texts
            .Values.Where(text => text.Pieces.Count > 1)
            .Select(text => new LogicalText(text.Pieces, text.Tokens));
    }

    private static void Walk(
        OrderedDictionary<ulong, (List<JsonValue> Pieces, List<JsonValue> Tokens)> texts,
        JsonTree tree,
        int row,
        ulong name,
        ulong place,
        int token
    )
    {
        ref readonly var value = ref tree.Row(row);
        switch (value.Kind)
        {
            case JsonValueKind.String when value.Length > 2 && !s_constant.Contains(name):
                if (!texts.TryGetValue(place, out var text))
                {
                    texts.Add(place, text = ([], []));
                }

                text.Pieces.Add(new JsonValue(tree, row));
                if (token >= 0)
                {
                    text.Tokens.Add(new JsonValue(tree, token));
                }

                break;
            case JsonValueKind.Object:
                WalkObject(texts, tree, row, place);
                break;
            case JsonValueKind.Array:
                var index = 0ul;
                for (var element = row + 1; element < value.Next; element = tree.Row(element).Next)
                {
                    // Tokens and parts follow each other in one text; alternatives and choices each have their own.
                    var isOwn =
                        tree.Row(element).Kind == JsonValueKind.Object
                        && !s_lists.Contains(name)
                        && tree.Member(element, "index") < 0;
                    Walk(texts, tree, element, name, isOwn ? Mix(place, index) : place, token: -1);
                    index++;
                }

                break;
        }
    }

    private static void WalkObject(
        OrderedDictionary<ulong, (List<JsonValue> Pieces, List<JsonValue> Tokens)> texts,
        JsonTree tree,
        int row,
        ulong place
    )
    {
        var next = tree.Row(row).Next;
        var (token, hasLogprob, index) = (-1, false, 0ul);
        for (var member = row + 1; member < next; member = tree.Row(member + 1).Next)
        {
            var name = NameAt(tree, member);
            hasLogprob |= name == s_logprob;
            token = name == s_token && tree.Row(member + 1).Kind == JsonValueKind.String ? row : token;
            index +=
                s_indexes.Contains(name) && tree.Row(member + 1).Kind != JsonValueKind.Null
                    ? Mix(name, HashOf(tree.Bytes(member + 1)))
                    : 0;
        }

        place = index == 0 ? place : Mix(place, index);
        for (var member = row + 1; member < next; member = tree.Row(member + 1).Next)
        {
            var name = NameAt(tree, member);
            Walk(texts, tree, member + 1, name, Mix(place, name), hasLogprob && name == s_token ? token : -1);
        }
    }

    /// <summary>Returns the chunk itself, inside the label that a recorder gave it.</summary>
    private static JsonValue Data(JsonValue value) =>
        value["__data__"] is { Exists: true } data && value["__type__"].Exists ? data : value;

    private static ulong PlaceOf(JsonValue value) => value.HasValue ? HashOf(value.Tree.Bytes(value.Row)) : 0;

    private static ulong NameAt(JsonTree tree, int row)
    {
        var raw = tree.Bytes(row)[1..^1];
        return raw.IndexOf((byte)'\\') >= 0 ? HashOf(Encoding.UTF8.GetBytes(JsonText.Decode(raw))) : HashOf(raw);
    }

    private static HashSet<ulong> HashesOf(string[] names) =>
        [.. names.Select(name => HashOf(Encoding.UTF8.GetBytes(name)))];

    private static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        var rest = 0ul;
        foreach (var value in bytes)
        {
            rest = (rest << 8) | value;
        }

        return Mix(hash, rest);
    }

    private static ulong Mix(ulong hash, ulong value) =>
        ((hash ^ value) + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9 is var mixed ? mixed ^ (mixed >> 29) : 0;
}
