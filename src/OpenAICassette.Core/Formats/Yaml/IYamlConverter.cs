namespace OpenAICassette.Formats.Yaml;

/// <summary>
/// Reads YAML as nodes that know where they stand in the text, so that it can be edited, and turns YAML into JSON and
/// JSON into YAML, so that the readers and writers of all formats know one kind of tree.
/// </summary>
/// <remarks>
/// The parser is in an assembly of its own, OpenAICassette.Yaml, because Core depends on no package.
/// <see cref="YamlDocuments.Converter"/> leads to it.
/// </remarks>
internal interface IYamlConverter
{
    /// <summary>Returns the nodes of a YAML text, up to the first place that is not YAML.</summary>
    /// <param name="yaml">The text, without a byte order mark.</param>
    /// <param name="cancellation">Stops the work.</param>
    YamlTree ReadTree(string yaml, CancellationToken cancellation);

    /// <summary>Returns each document of a YAML stream as JSON in UTF-8.</summary>
    /// <param name="tree">The nodes of the stream.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="YamlTextException">The text is not YAML, or its aliases expand to too much.</exception>
    IReadOnlyList<ReadOnlyMemory<byte>> ToJson(YamlTree tree, CancellationToken cancellation);

    /// <summary>
    /// Returns where each character of a scalar's value comes from; null if the text does not decode to the value.
    /// </summary>
    /// <param name="yaml">The text that the scalar was read from.</param>
    /// <param name="scalar">The scalar.</param>
    ScalarPlaces? Map(string yaml, YamlNode scalar);

    /// <summary>Writes a JSON value as a YAML document.</summary>
    /// <param name="json">
    /// The value; an object with the one member <c>!!binary</c> becomes a scalar with that tag.
    /// </param>
    /// <param name="isMarked">Whether the document begins with <c>---</c>.</param>
    byte[] ToYaml(JsonValue json, bool isMarked);
}
