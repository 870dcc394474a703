using System.Text;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;
using YamlDotNet.Core;

namespace OpenAICassette;

/// <summary>Reads YAML with the event parser of YamlDotNet, and writes it with its emitter.</summary>
internal sealed class YamlConverter : IYamlConverter
{
    /// <summary>Each correction means to read the text once more; more than so many characters are not read.</summary>
    private const long MostCharacters = 1 << 28;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(ReadOnlySpan<byte> yaml, CancellationToken cancellation)
    {
        var text = new CorrectedText(Encoding.UTF8.GetString(yaml[JsonText.MarkLength(yaml)..]));
        for (long characters = text.Text.Length; ; characters += text.Text.Length)
        {
            try
            {
                return YamlTranscoder.ToJson(text.Text, cancellation);
            }
            catch (YamlException e)
            {
                var corrected = characters < MostCharacters ? YamlCorrections.Apply(text, e) : null;
                text = corrected ?? throw new YamlTextException(Problem(e), e.Start.Line, e.Start.Column, e);
            }
        }
    }

    /// <inheritdoc/>
    public YamlTree ReadTree(string yaml, CancellationToken cancellation)
    {
        var text = new CorrectedText(yaml);
        for (long characters = yaml.Length; ; characters += text.Text.Length)
        {
            var reader = new YamlTreeReader(text, cancellation);
            var problem = reader.Read();
            var corrected =
                problem is not null && characters < MostCharacters ? YamlCorrections.Apply(text, problem) : null;
            if (corrected is null)
            {
                return reader.ToTree(isComplete: problem is null);
            }

            text = corrected;
        }
    }

    /// <inheritdoc/>
    public int[]? Map(string yaml, YamlNode scalar) => ScalarMap.Of(yaml, scalar);

    /// <inheritdoc/>
    public byte[] ToYaml(JsonValue json, bool isMarked) => YamlWriter.Write(json, isMarked);

    private static string Problem(YamlException error)
    {
        var problem = error.Message.TrimEnd('.');
        return problem.Length > 0 ? char.ToLowerInvariant(problem[0]) + problem[1..] : "the text is broken";
    }
}
