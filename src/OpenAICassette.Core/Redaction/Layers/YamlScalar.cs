namespace OpenAICassette.Redaction.Layers;

/// <summary>A YAML scalar that does not read as it is written.</summary>
/// <param name="Style">How it is written: with ', with ", as a block with | or &gt;, or plain with a space.</param>
/// <param name="Start">Where it starts, its quote or the line after a block's sign.</param>
/// <param name="End">Where it ends, after its quote.</param>
/// <param name="Indent">The columns before its further lines.</param>
/// <param name="Name">The key that it is the value of, or an element of the value; empty when it has none.</param>
internal readonly record struct YamlScalar(char Style, int Start, int End, int Indent, string Name);
