using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Embeddings as base64 of 32-bit floats, which most SDKs ask for and recorders have decoded already.
/// </summary>
internal static class EmbeddingText
{
    /// <summary>
    /// Returns a body of embeddings in the form that was asked for; what is no embedding stays as it is.
    /// </summary>
    /// <param name="body">The body as recorded.</param>
    /// <param name="asText">True for base64, false for arrays of numbers.</param>
    public static string Write(string body, bool asText)
    {
        var utf8 = Encoding.UTF8.GetBytes(body);
        var edits = JsonValue
            .ParseOrUndefined(utf8)["data"]
            .Elements.Select(item => item["embedding"])
            .Select(embedding =>
                (embedding.Start, embedding.Length, Text: asText ? Encode(embedding) : Decode(embedding))
            )
            .Where(edit => edit.Text is not null)
            .Select(edit => new ByteEdit(edit.Start, edit.Length, Encoding.ASCII.GetBytes(edit.Text!)));
        return Encoding.UTF8.GetString(ByteEdit.Apply(utf8, edits));
    }

    private static string? Encode(JsonValue embedding)
    {
        if (
            embedding.Kind != JsonValueKind.Array
            || embedding.Elements.Any(number => number.Kind != JsonValueKind.Number)
        )
        {
            return null;
        }

        var bytes = new byte[embedding.Count * sizeof(float)];
        var at = 0;
        foreach (var number in embedding.Elements)
        {
            BinaryPrimitives.WriteSingleLittleEndian(
                bytes.AsSpan(at),
                float.Parse(number.Utf8.Span, NumberStyles.Float, CultureInfo.InvariantCulture)
            );
            at += sizeof(float);
        }

        return $"\"{Convert.ToBase64String(bytes)}\"";
    }

    private static string? Decode(JsonValue embedding)
    {
        var text = embedding.Text ?? string.Empty;
        var bytes = new byte[text.Length];
        if (
            text.Length == 0
            || !Convert.TryFromBase64String(text, bytes, out var length)
            || length % sizeof(float) != 0
        )
        {
            return null;
        }

        var numbers = Enumerable
            .Range(0, length / sizeof(float))
            .Select(at => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at * sizeof(float))))
            .ToList();
        return numbers.TrueForAll(float.IsFinite)
            ? $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]"
            : null;
    }
}
