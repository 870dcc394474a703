namespace OpenAICassette.Formats.Yaml;

/// <summary>
/// Represents the nodes of a YAML text in the order in which they are written: a collection is followed by what it
/// contains, and a mapping by its keys and values in turn. What follows a place that is not YAML is not in it.
/// </summary>
/// <param name="text">The text, without a byte order mark.</param>
/// <param name="nodes">The nodes.</param>
/// <param name="problem">The error at the first place that is not YAML; null if there is none.</param>
internal sealed class YamlTree(string text, IReadOnlyList<YamlNode> nodes, YamlTextException? problem)
{
    /// <summary>Gets the text.</summary>
    public string Text => text;

    /// <summary>Gets the nodes.</summary>
    public IReadOnlyList<YamlNode> Nodes => nodes;

    /// <summary>Gets the error at the first place that is not YAML; null if there is none.</summary>
    public YamlTextException? Problem => problem;

    /// <summary>
    /// Returns what an edit of a scalar must not change: the kind and nesting of all nodes, and whether they are all.
    /// </summary>
    public string Outline() => string.Create(nodes.Count * 2 + 1, this, static (outline, tree) =>
        {
            for (var i = 0; i < tree.Nodes.Count; i++)
            {
                outline[i * 2] = (char)('A' + (int)tree.Nodes[i].Kind);
                outline[i * 2 + 1] = (char)('0' + Math.Min(tree.Nodes[i].Next - i, char.MaxValue - '0'));
            }

            outline[^1] = tree.Problem is null ? '.' : '!';
        });
}
