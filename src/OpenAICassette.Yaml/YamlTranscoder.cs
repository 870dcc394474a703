using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Writes the documents of a YAML stream as JSON, with what an anchor names in the place of each of its aliases.
/// </summary>
internal sealed class YamlTranscoder(YamlTree tree, CancellationToken cancellation)
{
    public const int DeepestNesting = 512;

    private const int NodesBetweenLooks = 4096;

    private readonly YamlAliases _aliases = new(tree);
    private readonly ByteBuilder _output = new(tree.Text.Length + (tree.Text.Length / 4));
    private int _written;

    /// <summary>Returns each document as JSON.</summary>
    /// <exception cref="YamlTextException">The text is not YAML, or its aliases expand to too much.</exception>
    public List<ReadOnlyMemory<byte>> ToJson()
    {
        if (tree.Problem is { } problem)
        {
            throw new YamlTextException(problem.Message, problem.Line, problem.Column, problem.InnerException);
        }

        var documents = new List<ReadOnlyMemory<byte>>();
        for (var root = 0; root < tree.Nodes.Count; root = tree.Nodes[root].Next)
        {
            _aliases.Forget();
            var start = _output.Length;
            Write(root, depth: 0);
            documents.Add(_output.Memory[start..]);
        }

        return documents;
    }

    private void Write(int index, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw _aliases.ErrorAt(index, $"nested deeper than {DeepestNesting} levels");
        }

        if (++_written % NodesBetweenLooks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        var target = _aliases.Enter(index);
        switch (tree.Nodes[target].Kind)
        {
            case YamlKind.Mapping:
                WriteMapping(target, depth);
                break;
            case YamlKind.Sequence:
                WriteSequence(target, depth);
                break;
            default:
                YamlScalar.Write(_output, tree.Nodes[target]);
                break;
        }

        _aliases.Leave(index);
    }

    private void WriteSequence(int index, int depth)
    {
        var separator = (byte)'[';
        for (var item = index + 1; item < tree.Nodes[index].Next; item = tree.Nodes[item].Next)
        {
            _output.Append(separator);
            Write(item, depth + 1);
            separator = (byte)',';
        }

        _output.Append(separator == ',' ? "]"u8 : "[]"u8);
    }

    private void WriteMapping(int index, int depth)
    {
        var separator = (byte)'{';
        for (var key = index + 1; key < tree.Nodes[index].Next; )
        {
            _output.Append(separator);
            YamlScalar.WriteString(_output, NameIn(key));
            _output.Append((byte)':');
            var value = tree.Nodes[key].Next;
            if (value >= tree.Nodes[index].Next)
            {
                // On some broken texts the parser ends a mapping after a key.
                throw _aliases.ErrorAt(key, "expected a value after the key");
            }

            Write(value, depth + 1);
            key = tree.Nodes[value].Next;
            separator = (byte)',';
        }

        _output.Append(separator == ',' ? "}"u8 : "{}"u8);
    }

    /// <summary>
    /// Returns the one scalar of a collection that is a key. Recorders written in Python store a name of a class of its
    /// own like that.
    /// </summary>
    private string NameIn(int key)
    {
        string? name = null;
        Find(key);
        return name ?? throw _aliases.ErrorAt(key, "expected a key, found an empty collection");

        void Find(int index)
        {
            var target = _aliases.Enter(index);
            if (tree.Nodes[target].IsScalar)
            {
                name = name is null
                    ? tree.Nodes[target].Value
                    : throw _aliases.ErrorAt(key, "expected a key, found a collection");
            }

            for (var inner = target + 1; inner < tree.Nodes[target].Next; inner = tree.Nodes[inner].Next)
            {
                Find(inner);
            }

            _aliases.Leave(index);
        }
    }
}
