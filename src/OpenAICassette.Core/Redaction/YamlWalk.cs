using System.Text;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Adds the scalars of a YAML text to a scan, each with its name. A plain scalar that stands beside its name on one
/// line stays in the text, where rules see both.
/// </summary>
internal sealed class YamlWalk
{
    private const int ShortestValue = 6;
    private const int LongestName = 64;

    private readonly DocumentScan _scan;
    private readonly TextLayer _file;
    private readonly YamlTree _tree;
    private readonly List<(int Start, int End)> _opened = [];
    private readonly Dictionary<string, NameKind> _names = new(StringComparer.Ordinal);

    private YamlWalk(DocumentScan scan, TextLayer file, YamlTree tree)
    {
        _scan = scan;
        _file = file;
        _tree = tree;
    }

    /// <summary>Walks the nodes of a text.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="file">The text.</param>
    /// <param name="tree">Its nodes.</param>
    /// <returns>The ranges of the text that need not be scanned in it, in order.</returns>
    public static IReadOnlyList<(int Start, int End)> Run(DocumentScan scan, TextLayer file, YamlTree tree)
    {
        var walk = new YamlWalk(scan, file, tree);
        for (var root = 0; root < tree.Nodes.Count; root = tree.Nodes[root].Next)
        {
            // A document that is one plain scalar may be any text.
            if (tree.Nodes[root].Kind != YamlKind.Plain)
            {
                walk.Visit(root, string.Empty, NameKind.Plain, isRoot: true);
            }
        }

        return walk._opened;
    }

    private void Visit(int index, string name, NameKind kind, bool isRoot = false)
    {
        var node = _tree.Nodes[index];
        if (node.IsScalar)
        {
            VisitScalar(node, name, kind);
        }
        else if (node.IsFlow && kind == NameKind.Plain && node.Next > index + 1 && IsJson(node))
        {
            // The documents on the lines of a text, which may be one stream, are found by the scan.
            if (!isRoot && !IsEvent(node))
            {
                var indexes = Enumerable.Range(node.Start, node.End - node.Start + 1);
                var layer = new MappedLayer(_file, _file.Text[node.Start..node.End], [.. indexes]) { Name = name };
                _scan.Add(layer, kind);
                _opened.Add((node.Start, node.End));
            }
        }
        else if (node.Kind == YamlKind.Mapping)
        {
            VisitMapping(index, name, kind);
        }
        else if (node.Kind == YamlKind.Sequence)
        {
            VisitSequence(index, name, kind);
        }
    }

    private void VisitMapping(int index, string outerName, NameKind outerKind)
    {
        var nodes = _tree.Nodes;
        var mapping = nodes[index];
        var (pairName, pairKind) = PairName(index);
        for (
            int key = index + 1, value = 0;
            key < mapping.Next && nodes[key].Next < mapping.Next;
            key = nodes[value].Next
        )
        {
            value = nodes[key].Next;
            VisitKey(nodes[key]);
            var name = NameIn(key);
            var kind = KindOf(name);
            var isPair = pairName.Length > 0 && name.EndsWith("alue", StringComparison.Ordinal);
            if (isPair)
            {
                (name, kind) = (
                    pairName,
                    outerName == "cookies" && outerKind != NameKind.Plain ? NameKind.Session : pairKind
                );
            }

            var isBeside = !isPair && !mapping.IsFlow && IsBeside(nodes[key], nodes[value]);
            if (!isBeside)
            {
                Visit(value, name, kind);
            }
        }
    }

    private void VisitSequence(int index, string name, NameKind kind)
    {
        var (first, next) = (index + 1, _tree.Nodes[index].Next);
        var isPair =
            kind == NameKind.Plain
            && next == first + 2
            && _tree.Nodes[first].IsScalar
            && _tree.Nodes[first + 1].IsScalar
            && _tree.Nodes[first].Value.Length <= LongestName;
        if (isPair && KindOf(_tree.Nodes[first].Value) is var pair and not NameKind.Plain)
        {
            // A header field can be a list of two: its name and its value.
            (name, kind) = (_tree.Nodes[first].Value, pair);
        }

        for (var item = first; item < next; item = _tree.Nodes[item].Next)
        {
            Visit(item, name, kind);
        }
    }

    private void VisitScalar(YamlNode scalar, string name, NameKind kind)
    {
        if (scalar.Value.Length < ShortestValue)
        {
            return;
        }

        if (kind != NameKind.Plain || _scan.HasName(name) || _scan.IsWorthwhile(scalar.Value))
        {
            // A scalar that cannot be mapped stays in the text, which is scanned as it is written.
            if (!Open(scalar, name, kind))
            {
                return;
            }
        }

        _opened.Add((scalar.Start, scalar.End));
    }

    /// <summary>
    /// Adds a key whose text is written with escapes or folds. It stays in the text too, as the name of its value.
    /// </summary>
    private void VisitKey(YamlNode key)
    {
        if (
            key.Kind is YamlKind.SingleQuoted or YamlKind.DoubleQuoted
            && key.Value.Length > ShortestValue
            && key.End - key.Start - 2 != key.Value.Length
            && _scan.IsWorthwhile(key.Value)
        )
        {
            Open(key, string.Empty, NameKind.Plain);
        }
    }

    private bool Open(YamlNode scalar, string name, NameKind kind)
    {
        if (YamlDocuments.Map(_file.Text, scalar) is not { } places)
        {
            return false;
        }

        _scan.Add(new YamlLayer(_file, scalar, places) { Name = name }, kind);
        return true;
    }

    /// <summary>Returns the name that a mapping contains for its value, as a list of header fields has.</summary>
    private (string Name, NameKind Kind) PairName(int index)
    {
        var (name, hasValue) = (string.Empty, false);
        var nodes = _tree.Nodes;
        for (int key = index + 1, value = 0; key < nodes[index].Next; key = nodes[value].Next)
        {
            value = Math.Min(nodes[key].Next, nodes.Count - 1);
            hasValue |= nodes[key] is { IsScalar: true, Value: "value" };
            name =
                nodes[key] is { IsScalar: true, Value: "name" or "key" } && nodes[value].IsScalar
                    ? nodes[value].Value
                    : name;
        }

        var kind = hasValue && name.Length <= LongestName ? KindOf(name) : NameKind.Plain;
        return kind != NameKind.Plain || (hasValue && _scan.HasName(name))
            ? (name, kind)
            : (string.Empty, NameKind.Plain);
    }

    /// <summary>
    /// Returns the name that a key is. A collection is one if it has one scalar: Python's recorders store names of a
    /// class of their own like that.
    /// </summary>
    private string NameIn(int key)
    {
        var nodes = _tree.Nodes;
        for (var index = key; index < nodes[key].Next; index++)
        {
            if (nodes[index].IsScalar)
            {
                return nodes[index].Value;
            }
        }

        return string.Empty;
    }

    private NameKind KindOf(string name)
    {
        if (!_names.TryGetValue(name, out var kind))
        {
            _names[name] = kind = SecretName.KindOf(name);
        }

        return kind;
    }

    /// <summary>Returns whether only a colon and blanks are between a key and its plain value of one line.</summary>
    private bool IsBeside(YamlNode key, YamlNode value) =>
        key.IsScalar
        && value is { Kind: YamlKind.Plain, Value.Length: > 0 }
        && _file.Text.AsSpan(key.End, value.Start - key.End).Trim(" \t") is ":"
        && _file.Text.AsSpan(value.Start, value.End - value.Start).IndexOfAny('\r', '\n') < 0;

    /// <summary>Returns whether a collection is the data of an event that has a line of its own.</summary>
    private bool IsEvent(YamlNode collection)
    {
        var text = _file.Text.AsSpan();
        var line = text[(text[..collection.Start].LastIndexOfAny('\r', '\n') + 1)..collection.End];
        var data = line.TrimStart(" \t");
        return ServerSentEvent.DataStart(data) is var start and > 0
            && data[start..].TrimStart(' ').Length == collection.End - collection.Start
            && line.IndexOfAny('\r', '\n') < 0;
    }

    private bool IsJson(YamlNode collection)
    {
        var text = _file.Text.AsSpan(collection.Start, collection.End - collection.Start);
        return text is ['{', .., '}'] or ['[', .., ']']
            && JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text.ToString())).Exists;
    }
}
