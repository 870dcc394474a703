using OpenAICassette.Formats.Yaml;
using YamlDotNet.Core;

namespace OpenAICassette;

/// <summary>Reads YAML with the event parser of YamlDotNet, and writes it with its emitter.</summary>
internal sealed class YamlConverter : IYamlConverter
{
    /// <summary>Each correction means to read the text once more; more than so many characters are not read.</summary>
    private const long MostCharacters = 1 << 26;

    /// <inheritdoc/>
    public YamlTree ReadTree(string yaml, CancellationToken cancellation)
    {
        var text = new CorrectedText(yaml);
        for (long characters = yaml.Length; ; characters += text.Text.Length)
        {
            var reader = new YamlTreeReader(text, cancellation);
            if (reader.Read() is not { } problem)
            {
                return new YamlTree(yaml, reader.ToNodes(), problem: null);
            }

            if (
                characters == yaml.Length
                && problem is SemanticErrorException
                && ReadBlank(text, cancellation) is { } all
            )
            {
                return new YamlTree(yaml, all, problem: null);
            }

            var corrected = characters < MostCharacters ? YamlCorrections.Apply(text, problem) : null;
            if (corrected is null)
            {
                return new YamlTree(yaml, reader.ToNodes(), ErrorOf(problem));
            }

            text = corrected;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(YamlTree tree, CancellationToken cancellation) =>
        new YamlTranscoder(tree, cancellation).ToJson();

    /// <inheritdoc/>
    public ScalarPlaces? Map(string yaml, YamlNode scalar) => ScalarMap.Of(yaml, scalar);

    /// <inheritdoc/>
    public byte[] ToYaml(JsonValue json, bool isMarked) => YamlWriter.Write(json, isMarked);

    /// <summary>
    /// Returns the nodes of a text without the blanks above its block scalars, of which a file mostly has many; null if
    /// it cannot be read so, or if that would change a text.
    /// </summary>
    private static IReadOnlyList<YamlNode>? ReadBlank(CorrectedText text, CancellationToken cancellation)
    {
        var changes = YamlCorrections.BlanksBelowHeaders(text.Text);
        if (changes.Count == 0)
        {
            return null;
        }

        var reader = new YamlTreeReader(text.With(changes), cancellation);
        return
            reader.Read() is null
            && reader.ToNodes() is var nodes
            && YamlCorrections.AreBlanksAboveTexts(text.Text, nodes, changes)
            ? nodes
            : null;
    }

    private static YamlTextException ErrorOf(YamlException error)
    {
        var problem = error.Message.TrimEnd('.');
        problem = problem.Length > 0 ? char.ToLowerInvariant(problem[0]) + problem[1..] : "the text is broken";
        return new YamlTextException(problem, error.Start.Line, error.Start.Column, error);
    }
}
