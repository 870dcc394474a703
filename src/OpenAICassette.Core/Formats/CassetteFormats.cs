using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette.Formats;

/// <summary>The formats that can be read, and the choice among them.</summary>
internal static class CassetteFormats
{
    private static readonly ICassetteFormat[] s_all = [new LlamaStackFormat()];

    /// <summary>The names of the formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(format => format.Name)];

    /// <summary>The format with a name, as LlamaStack or llama-stack; null when there is none.</summary>
    public static ICassetteFormat? ByName(string name)
        => Array.Find(s_all, format => format.Name.Equals(name.Replace("-", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

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
