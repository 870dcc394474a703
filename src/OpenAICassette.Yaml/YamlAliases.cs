using OpenAICassette.Formats.Yaml;

namespace OpenAICassette;

/// <summary>
/// Leads from the aliases of a YAML stream to what their anchors name, while its nodes are read in order, and counts
/// what is read again.
/// </summary>
internal sealed class YamlAliases(YamlTree tree)
{
    /// <summary>Aliases that repeat more than this are an attack and not a recording.</summary>
    private const int MostRepeatedNodes = 1_000_000;

    private const int MostRepeatedCharacters = 64 << 20;

    private readonly Dictionary<string, int> _anchors = new(StringComparer.Ordinal);

    /// <summary>What each alias named where it stands; the anchor may name something else further on.</summary>
    private readonly Dictionary<int, int> _targets = [];
    private int _repeating;
    private int _repeatedNodes;
    private long _repeatedCharacters;

    /// <summary>Begins a document, which knows no anchors of the one before.</summary>
    public void Forget() => _anchors.Clear();

    /// <summary>Begins to read a node.</summary>
    /// <returns>The node, or for an alias the one that it names.</returns>
    public int Enter(int index)
    {
        var node = tree.Nodes[index];
        if (node.Anchor is { } anchor && _repeating == 0)
        {
            _anchors.Remove(anchor);
        }

        if (node.Kind == YamlKind.Alias)
        {
            index = TargetOf(index);
            node = tree.Nodes[index];
            _repeating++;
        }

        if (_repeating > 0)
        {
            _repeatedCharacters += node.Value.Length;
            if (++_repeatedNodes > MostRepeatedNodes || _repeatedCharacters > MostRepeatedCharacters)
            {
                throw ErrorAt(index, "the aliases expand to too much");
            }
        }

        return index;
    }

    /// <summary>Ends the reading of a node.</summary>
    public void Leave(int index)
    {
        if (tree.Nodes[index].Kind == YamlKind.Alias)
        {
            _repeating--;
        }
        else if (tree.Nodes[index].Anchor is { } anchor && _repeating == 0)
        {
            _anchors[anchor] = index;
        }
    }

    /// <summary>Returns the error at a node.</summary>
    public YamlTextException ErrorAt(int index, string problem)
    {
        var before = tree.Text.AsSpan(0, tree.Nodes[index].Start);
        return new YamlTextException(problem, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private int TargetOf(int alias)
    {
        if (!_targets.TryGetValue(alias, out var target))
        {
            var name = tree.Nodes[alias].Value;
            _targets[alias] = target = _anchors.TryGetValue(name, out var anchored)
                ? anchored
                : throw ErrorAt(alias, $"no complete node before this alias has the anchor '{name}'");
        }

        return target;
    }
}
