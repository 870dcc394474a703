namespace OpenAICassette.Formats.Yaml;

/// <summary>Specifies what a node of a YAML text is, and for a scalar its style (YAML 1.2, chapters 7 and 8).</summary>
internal enum YamlKind
{
    Mapping,
    Sequence,
    Alias,
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}
