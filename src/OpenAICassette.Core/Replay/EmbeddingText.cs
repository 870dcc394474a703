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

    /// <summary>A body of embeddings in which each array of numbers is base64 instead.</summary>
    public static string Encode(string body)
    {
        var utf8 = Encoding.UTF8.GetBytes(body);
        var edits = JsonValue.ParseOrUndefined(utf8)["data"].Elements
            .Select(item => item["embedding"]).Where(embedding => embedding.Kind == JsonValueKind.Array)
            .Select(embedding => new ByteEdit(embedding.Start, embedding.Length, Encoding.ASCII.GetBytes($"\"{Encode(embedding)}\"")));
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

        return Convert.ToBase64String(bytes);
    }
}
