namespace OpenAICassette.Formats.Yaml;

/// <summary>Represents a node of a YAML text: a collection, a scalar or an alias.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">
/// The index of its first character in the text, after its tag and anchor: an indicator such as a quotation mark, a
/// bracket or <c>|</c>, or the first character of a plain scalar.
/// </param>
/// <param name="End">The index after its last character.</param>
internal readonly record struct YamlNode(YamlKind Kind, int Start, int End)
{
    private const string CoreTag = "tag:yaml.org,2002:";

    /// <summary>Gets the decoded text of a scalar, or the name of an alias; empty for a collection.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>Gets the tag, without its abbreviation; null if it has none.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets the anchor; null if it has none.</summary>
    public string? Anchor { get; init; }

    /// <summary>Gets whether a collection is written in brackets.</summary>
    public bool IsFlow { get; init; }

    /// <summary>Gets the position of the node after this one and what it contains.</summary>
    public int Next { get; init; }

    /// <summary>Gets whether it is a scalar.</summary>
    public bool IsScalar => Kind >= YamlKind.Plain;

    /// <summary>Gets whether it has the tag of base64: <c>!!binary</c>, or Psych's <c>!binary</c>.</summary>
    public bool IsBinary => Tag is CoreTag + "binary" or "!binary";

    /// <summary>
    /// Gets whether the core schema decides what a scalar is: it is plain, or has a tag of that schema.
    /// </summary>
    public bool IsResolved =>
        Tag is null
            ? Kind == YamlKind.Plain
            : Tag is CoreTag + "int" or CoreTag + "float" or CoreTag + "bool" or CoreTag + "null";
}
