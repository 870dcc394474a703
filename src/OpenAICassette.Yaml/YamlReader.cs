using System.Text;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;
using YamlDotNet.Core;

namespace OpenAICassette;

/// <summary>Reads YAML with the event parser of YamlDotNet.</summary>
internal sealed class YamlReader : IYamlReader
{
    /// <summary>More corrections than this are not worth their time: each reads the text again.</summary>
    private const int MostCorrections = 200;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(ReadOnlySpan<byte> yaml, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(yaml[JsonText.MarkLength(yaml)..]);
        for (var corrections = 0; ; corrections++)
        {
            try
            {
                return YamlTranscoder.ToJson(text, cancellation);
            }
            catch (SemanticErrorException e)
                when (corrections < MostCorrections && WithoutBlanksAbove(text, (int)e.Start.Index) is { } corrected)
            {
                text = corrected;
            }
            catch (YamlException e)
            {
                throw new YamlTextException(Problem(e), e.Start.Line, e.Start.Column, e);
            }
        }
    }

    /// <summary>
    /// Empties the lines of nothing but spaces above a place. The parser refuses them at the beginning of a block
    /// scalar when they are as long as its indentation; they mean the same as empty lines.
    /// </summary>
    /// <returns>The same text with spaces moved; null if the lines above hold none.</returns>
    private static string? WithoutBlanksAbove(string text, int place)
    {
        var start = place;
        while (start > 0 && text[start - 1] is ' ' or '\r' or '\n')
        {
            start--;
        }

        var lines = text.AsSpan(start, place - start);
        var firstEnd = lines.IndexOf('\n') + 1;
        var blanks = lines[firstEnd..];
        return blanks.Contains(' ')
            ? string.Concat(text.AsSpan(0, start + firstEnd), blanks.ToString().Replace(" ", ""), text.AsSpan(place))
            : null;
    }

    private static string Problem(YamlException error)
    {
        var problem = error.InnerException?.Message ?? error.Message;
        return problem.Length > 0
            ? char.ToLowerInvariant(problem[0]) + problem[1..].TrimEnd('.')
            : "the text is broken";
    }
}
