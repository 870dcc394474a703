using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette.Formats;

/// <summary>The formats that can be read, and the choice among them.</summary>
internal static class CassetteFormats
{
    private static readonly ICassetteFormat[] s_all = [new LlamaStackFormat()];

    /// <summary>The format that a file's beginning fits best, with how well it fits. Where none fits, the first one is left to say why.</summary>
    public static (ICassetteFormat Format, FormatMatch Match) Of(ReadOnlySpan<byte> head)
    {
        var best = (Format: s_all[0], Match: FormatMatch.No);
        foreach (var format in s_all)
        {
            var match = format.Probe(head);
            best = match > best.Match ? (format, match) : best;
        }

        return best;
    }
}
