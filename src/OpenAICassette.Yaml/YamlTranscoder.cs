using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAICassette.Formats.Yaml;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>Writes the documents of a YAML stream as JSON.</summary>
internal static class YamlTranscoder
{
    private const int DeepestNesting = 512;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = DeepestNesting + 8,
    };

    /// <summary>Returns each document of a YAML stream as JSON.</summary>
    public static List<ReadOnlyMemory<byte>> ToJson(string yaml, CancellationToken cancellation)
    {
        var events = new YamlEvents(yaml, cancellation);
        var documents = new List<ReadOnlyMemory<byte>>();
        while (events.TryEnterDocument())
        {
            var output = new ArrayBufferWriter<byte>(documents.Count == 0 ? Math.Max(256, yaml.Length) : 4096);
            using (var writer = new Utf8JsonWriter(output, s_options))
            {
                Write(writer, events, events.Next(), depth: 0);
            }

            documents.Add(output.WrittenMemory);
        }

        return documents;
    }

    private static void Write(Utf8JsonWriter writer, YamlEvents events, ParsingEvent node, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw At(node, $"nested deeper than {DeepestNesting} levels");
        }

        switch (node)
        {
            case Scalar scalar:
                YamlScalar.Write(writer, scalar);
                break;
            case SequenceStart:
                writer.WriteStartArray();
                for (var item = events.Next(); item is not SequenceEnd; item = events.Next())
                {
                    Write(writer, events, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case MappingStart:
                writer.WriteStartObject();
                for (var key = events.Next(); key is not MappingEnd; key = events.Next())
                {
                    writer.WritePropertyName(key is Scalar name ? name.Value : NameIn(key, events));
                    Write(writer, events, events.Next(), depth + 1);
                }

                writer.WriteEndObject();
                break;
            default:
                throw At(node, "expected a value");
        }
    }

    /// <summary>
    /// Returns the one scalar of a collection that is a key. Recorders written in Python store a name of a class of its
    /// own like that.
    /// </summary>
    private static string NameIn(ParsingEvent key, YamlEvents events)
    {
        string? name = null;
        for (var open = key.NestingIncrease; open > 0; )
        {
            var inner = events.Next();
            open += inner.NestingIncrease;
            if (inner is Scalar scalar)
            {
                name = name is null ? scalar.Value : throw At(key, "expected a key, found a collection");
            }
        }

        return name ?? throw At(key, "expected a key, found an empty collection");
    }

    private static YamlTextException At(ParsingEvent node, string problem) =>
        new(problem, node.Start.Line, node.Start.Column);
}
