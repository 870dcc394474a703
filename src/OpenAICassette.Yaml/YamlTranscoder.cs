using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>Writes the documents of a YAML stream as JSON.</summary>
internal static class YamlTranscoder
{
    public const int DeepestNesting = 512;

    /// <summary>Returns each document of a YAML stream as JSON.</summary>
    public static List<ReadOnlyMemory<byte>> ToJson(string yaml, CancellationToken cancellation)
    {
        var events = new YamlEvents(yaml, cancellation);
        var documents = new List<ReadOnlyMemory<byte>>();
        var output = new ByteBuilder(yaml.Length + (yaml.Length / 4));
        while (events.TryEnterDocument())
        {
            var start = output.Length;
            Write(output, events, events.Next(), depth: 0);
            documents.Add(output.Span[start..].ToArray());
        }

        return documents;
    }

    private static void Write(ByteBuilder output, YamlEvents events, ParsingEvent node, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw At(node, $"nested deeper than {DeepestNesting} levels");
        }

        switch (node)
        {
            case Scalar scalar:
                YamlScalar.Write(output, scalar);
                break;
            case SequenceStart:
                WriteSequence(output, events, depth);
                break;
            case MappingStart:
                WriteMapping(output, events, depth);
                break;
            default:
                throw At(node, "expected a value");
        }
    }

    private static void WriteSequence(ByteBuilder output, YamlEvents events, int depth)
    {
        var separator = (byte)'[';
        for (var item = events.Next(); item is not SequenceEnd; item = events.Next())
        {
            output.Append(separator);
            Write(output, events, item, depth + 1);
            separator = (byte)',';
        }

        output.Append(separator == ',' ? "]"u8 : "[]"u8);
    }

    private static void WriteMapping(ByteBuilder output, YamlEvents events, int depth)
    {
        var separator = (byte)'{';
        for (var key = events.Next(); key is not MappingEnd; key = events.Next())
        {
            output.Append(separator);
            YamlScalar.WriteString(output, key is Scalar name ? name.Value : NameIn(key, events));
            output.Append((byte)':');
            Write(output, events, events.Next(), depth + 1);
            separator = (byte)',';
        }

        output.Append(separator == ',' ? "}"u8 : "{}"u8);
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
