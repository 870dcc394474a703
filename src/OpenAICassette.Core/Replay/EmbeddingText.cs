using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Replay;

/// <summary>Embeddings as base64 of 32-bit floats, which most SDKs ask for and recorders have decoded already.</summary>
internal static class EmbeddingText
{
    /// <summary>The name of the form.</summary>
    public const string Format = "base64";

    /// <summary>A body of embeddings in the form that the client asks for, whichever was recorded.</summary>
    /// <param name="body">The body.</param>
    /// <param name="asText">True for base64; false for arrays of numbers.</param>
    public static string Convert(string body, bool asText)
    {
        var utf8 = Encoding.UTF8.GetBytes(body);
        var edits = JsonValue.ParseOrUndefined(utf8)["data"].Elements
            .Select(item => item["embedding"]).Where(embedding => embedding.Kind == (asText ? JsonValueKind.Array : JsonValueKind.String))
            .Select(embedding => new ByteEdit(embedding.Start, embedding.Length, Encoding.ASCII.GetBytes(asText ? $"\"{Encode(embedding)}\"" : Decode(embedding))));
        return Encoding.UTF8.GetString(ByteEdit.Apply(utf8, edits));
    }

    private static string Encode(JsonValue embedding)
    {
        var bytes = new byte[embedding.Count * sizeof(float)];
        var at = 0;
        foreach (var number in embedding.Elements)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), float.Parse(number.Utf8.Span, NumberStyles.Float, CultureInfo.InvariantCulture));
            at += sizeof(float);
        }

        return System.Convert.ToBase64String(bytes);
    }

    /// <summary>The numbers of base64; what is none, or has numbers that JSON does not, stays as it is.</summary>
    private static string Decode(JsonValue embedding)
    {
        var bytes = new byte[embedding.Length];
        if (!System.Convert.TryFromBase64String(embedding.Text!, bytes, out var length))
        {
            return embedding.ToCompactJson();
        }

        var numbers = Enumerable.Range(0, length / sizeof(float)).Select(index => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(index * sizeof(float)))).ToList();
        return numbers.TrueForAll(float.IsFinite)
            ? $"[{string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}]"
            : embedding.ToCompactJson();
    }
}
