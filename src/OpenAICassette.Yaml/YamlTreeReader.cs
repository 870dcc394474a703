using System.Runtime.InteropServices;
using OpenAICassette.Formats.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>Reads the nodes of a YAML text from the events of the parser. Aliases stay what they are.</summary>
internal sealed class YamlTreeReader(CorrectedText text, CancellationToken cancellation)
{
    private const int EventsBetweenLooks = 4096;

    /// <summary>About how many characters of a recording make a node.</summary>
    private const int CharactersOfNode = 64;

    private const int MostRoomAtFirst = 1 << 14;

    private readonly TokenScanner _scanner = new(text.Text);
    private readonly List<YamlNode> _nodes = new(Math.Min(text.Text.Length / CharactersOfNode, MostRoomAtFirst));
    private readonly Stack<int> _open = [];

    /// <summary>Reads the text.</summary>
    /// <returns>The error that ended it; null if it was read to its end.</returns>
    public YamlException? Read()
    {
        var parser = new Parser(_scanner);
        try
        {
            for (var events = 1; parser.MoveNext(); events++)
            {
                if (events % EventsBetweenLooks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                Add(parser.Current!);
            }

            var end = parser.Current?.End ?? Mark.Empty;
            return _open.Count == 0 ? null : new YamlException(end, end, "the text ends inside a collection");
        }
        catch (YamlException e)
        {
            return e;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // On some broken texts the parser fails without an error of its own.
            var last = parser.Current?.End ?? Mark.Empty;
            return new YamlException(last, last, "the text is broken after this place", e);
        }
        finally
        {
            while (_open.Count > 0)
            {
                Close(text.Text.Length);
            }
        }
    }

    /// <summary>Returns the nodes that were read, where they stand in the text before its corrections.</summary>
    public IReadOnlyList<YamlNode> ToNodes() =>
        text.IsOriginal
            ? _nodes
            : _nodes.ConvertAll(node =>
                node with
                {
                    Start = text.IndexBefore(node.Start),
                    End = text.IndexBefore(node.End),
                }
            );

    private void Add(ParsingEvent node)
    {
        switch (node)
        {
            case Scalar scalar:
                AddScalar(scalar);
                break;
            case AnchorAlias alias:
                AddAlias(alias);
                break;
            case MappingStart mapping:
                Open(YamlKind.Mapping, mapping, mapping.Style == MappingStyle.Flow);
                break;
            case SequenceStart sequence:
                Open(YamlKind.Sequence, sequence, sequence.Style == SequenceStyle.Flow);
                break;
            case MappingEnd or SequenceEnd:
                Close((int)node.End.Index);
                break;
        }
    }

    private void AddScalar(Scalar scalar)
    {
        var kind = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlKind.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlKind.DoubleQuoted,
            ScalarStyle.Literal => YamlKind.Literal,
            ScalarStyle.Folded => YamlKind.Folded,
            _ => YamlKind.Plain,
        };

        // An empty scalar has no token.
        var isOwn = _scanner.LastScalar is { } token && token.End.Index == scalar.End.Index;
        Add(kind, isOwn ? _scanner.LastScalar!.Start : scalar.Start, scalar, scalar.Value);
    }

    private void Add(YamlKind kind, Mark start, NodeEvent node, string value) =>
        _nodes.Add(
            new YamlNode(kind, (int)start.Index, (int)node.End.Index)
            {
                Value = value,
                Tag = TagOf(node),
                Anchor = AnchorOf(node),
                Next = _nodes.Count + 1,
            }
        );

    private void Open(YamlKind kind, NodeEvent collection, bool isFlow)
    {
        if (_open.Count == YamlTranscoder.DeepestNesting)
        {
            throw new YamlException(
                collection.Start,
                collection.End,
                $"nested deeper than {YamlTranscoder.DeepestNesting} levels"
            );
        }

        // The event begins at a tag or an anchor and ends after the bracket.
        var start = (int)(isFlow ? Math.Max(collection.End.Index - 1, 0) : collection.Start.Index);
        _open.Push(_nodes.Count);
        _nodes.Add(
            new YamlNode(kind, start, start)
            {
                Tag = TagOf(collection),
                Anchor = AnchorOf(collection),
                IsFlow = isFlow,
            }
        );
    }

    private void AddAlias(AnchorAlias alias) =>
        _nodes.Add(
            new YamlNode(YamlKind.Alias, (int)alias.Start.Index, (int)alias.End.Index)
            {
                Value = alias.Value.Value,
                Next = _nodes.Count + 1,
            }
        );

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private void Close(int end)
    {
        ref var node = ref CollectionsMarshal.AsSpan(_nodes)[_open.Pop()];
        node = node with { End = end, Next = _nodes.Count };
    }
}
