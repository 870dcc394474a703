using System.Text;
using OpenAICassette.Emitted;
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
        var utf8 = yaml[JsonText.MarkLength(yaml)..];
        return EmittedYaml.ToJson(utf8, cancellation) ?? Parse(Encoding.UTF8.GetString(utf8), cancellation);
    }

    /// <summary>Returns each document of a YAML stream as JSON in UTF-8, as the parser of all of YAML reads it.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="YamlTextException">The text is not YAML, or its aliases expand to too much.</exception>
    internal static List<ReadOnlyMemory<byte>> Parse(string text, CancellationToken cancellation)
    {
        for (long characters = text.Length; ; characters += text.Length)
        {
            try
            {
                return YamlTranscoder.ToJson(text, cancellation);
            }
            catch (YamlException e)
            {
                var corrected = characters < MostCharacters ? YamlCorrections.Apply(text, e) : null;
                text = corrected ?? throw new YamlTextException(Problem(e), e.Start.Line, e.Start.Column, e);
            }
        }
    }

    /// <inheritdoc/>
    public byte[] ToYaml(JsonValue json, bool isMarked) => YamlWriter.Write(json, isMarked);

    private static string Problem(YamlException error)
    {
        var problem = error.Message.TrimEnd('.');
        return problem.Length > 0 ? char.ToLowerInvariant(problem[0]) + problem[1..] : "the text is broken";
    }
}
